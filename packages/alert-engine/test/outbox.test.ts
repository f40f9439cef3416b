import type { AlertAction, AlertMessage, DeliveryContext } from "@mozdef/alert/runtime";
import { createTask } from "@mozdef/alert/runtime";
import { type Actions, createOutbox, createRouter, type FinishedDelivery, runAlerts } from "@mozdef/alert-engine";
import { FakeClock } from "@mozdef/alert-engine/testing";
import { type AlertStore, countDispatches, listDispatches, replayDispatch, saveEvents } from "@mozdef/alert-store";
import { describe, expect, it } from "vitest";
import { EachLogin, login, options } from "./alerts.ts";
import { NOW, openStore } from "./open-store.ts";

interface Sent {
  readonly summary: string;
  readonly key: string;
  readonly attempt: number;
}

/** An action that keeps what it is given. @param answer - What it answers. Default: it has the alert. */
const receiver = (answer: AlertAction["send"] = () => undefined) => {
  const sent: Sent[] = [];
  const action: AlertAction = {
    kind: "receiver",
    send: (message: AlertMessage, context: DeliveryContext) => {
      sent.push({ summary: message._source.summary, key: context.key, attempt: context.attempt });
      return answer(message, context);
    },
  };
  return { sent, action };
};

const silent = () => undefined;
const services = { log: { debug: silent, info: silent, warn: silent, error: silent }, fetch };

/** A store with one alert for each host, queued for the actions, and an outbox that is worked off by hand. */
const queued = async (actions: Actions, hosts: readonly string[] = ["a"], store?: AlertStore) => {
  const opened = store ?? (await openStore());
  const clock = new FakeClock(NOW.toISOString());
  const seen: FinishedDelivery[] = [];
  const open = (own = actions) =>
    createOutbox({
      store: opened,
      clock,
      actions: own,
      services,
      observer: { onDelivery: (one) => void seen.push(one) },
    });
  await saveEvents(
    opened,
    hosts.map((host) => login(host)),
    { now: NOW, refresh: true },
  );
  await runAlerts(opened, [createTask(EachLogin)], options({ router: createRouter({ actions }) }));
  const later = (seconds: number): void => clock.set(new Date(clock.now().getTime() + seconds * 1_000).toISOString());
  return { store: opened, clock, open, outbox: open(), later, seen };
};

const statuses = async (store: AlertStore) =>
  (await listDispatches(store, { size: 100 })).map(({ target, status, attempts, error }) => ({
    ...{ target, status, attempts, error },
  }));

describe("the outbox", () => {
  it("brings each alert to each target that wants it, once", async () => {
    const [chat, pager] = [receiver(), receiver()];
    const actions = { chat: chat.action, pager: { ...pager.action, registration: "login on b" } };
    const { outbox, store } = await queued(actions, ["a", "b"]);
    await outbox.drain();
    await outbox.drain();
    expect(chat.sent.map(({ summary }) => summary).sort()).toEqual(["login on a", "login on b"]);
    expect(pager.sent.map(({ summary, attempt }) => [summary, attempt])).toEqual([["login on b", 1]]);
    expect(new Set([...chat.sent, ...pager.sent].map(({ key }) => key)).size).toBe(3);
    expect(await countDispatches(store)).toEqual(
      new Map([
        ["chat", { pending: 0, done: 2, dead: 0, muted: 0 }],
        ["pager", { pending: 0, done: 1, dead: 0, muted: 0 }],
      ]),
    );
  });

  it("gives actions the links of a message, and tries again while there are none to be had", async () => {
    const got: unknown[] = [];
    const chat: AlertAction = { kind: "chat", send: (_message, { links }) => void got.push(links) };
    const { store, clock, later } = await queued({ chat });
    let asked = 0;
    const links = (alerts: readonly AlertMessage[], told: { readonly target: string; readonly event: string }) => {
      if ((asked += 1) === 1) throw new Error("no key");
      return { alert: `${told.target} ${told.event} ${alerts.length}`, acknowledge: null };
    };
    const outbox = createOutbox({ store, clock, actions: { chat }, services, links });
    await outbox.drain();
    expect(await statuses(store)).toMatchObject([{ status: "pending", error: "no key" }]);
    later(10);
    await outbox.drain();
    expect(got).toEqual([{ alert: "chat trigger 1", acknowledge: null }]);
  });

  it("tries again later what a target does not take now, with the same key", async () => {
    let answers = 0;
    const down = receiver(() => ((answers += 1) < 3 ? { retry: "503" } : undefined));
    const { outbox, store, later } = await queued({ chat: down.action });
    await outbox.drain();
    expect(await statuses(store)).toEqual([{ target: "chat", status: "pending", attempts: 1, error: "503" }]);
    later(4);
    await outbox.drain();
    expect(down.sent).toHaveLength(1);
    later(1);
    await outbox.drain();
    later(10);
    await outbox.drain();
    expect(down.sent.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(new Set(down.sent.map(({ key }) => key)).size).toBe(1);
    expect(await statuses(store)).toEqual([{ target: "chat", status: "done", attempts: 3, error: null }]);
  });

  it("waits as long as a target asks for, and spares it with everything else meanwhile", async () => {
    const busy = receiver(() => ({ retry: "429", afterMs: 60_000 }));
    const { outbox, later } = await queued({ chat: busy.action }, ["a", "b", "c", "d", "e", "f", "g", "h"]);
    await outbox.drain();
    const first = busy.sent.length;
    expect(first).toBeLessThanOrEqual(4);
    later(59);
    await outbox.drain();
    expect(busy.sent).toHaveLength(first);
    later(2);
    await outbox.drain();
    expect(busy.sent).toHaveLength(first + 1);
  });

  it("gives up on what a target refuses, at once, and on anything after a day", async () => {
    const refusing = receiver(() => ({ refused: "400: no such channel" }));
    const throwing = receiver(() => {
      throw new Error("boom");
    });
    const { outbox, store, later } = await queued({ refusing: refusing.action, throwing: throwing.action });
    await outbox.drain();
    const [first, second] = await statuses(store);
    expect(first).toEqual({ target: "refusing", status: "dead", attempts: 1, error: "400: no such channel" });
    expect(second).toEqual({ target: "throwing", status: "pending", attempts: 1, error: "boom" });
    later(24 * 3_600);
    await outbox.drain();
    expect((await statuses(store))[1]).toEqual({ target: "throwing", status: "dead", attempts: 2, error: "boom" });
  });

  it("sends again what somebody asks for", async () => {
    let isDown = true;
    const chat = receiver(() => (isDown ? { refused: "404" } : undefined));
    const { outbox, store, clock } = await queued({ chat: chat.action });
    await outbox.drain();
    isDown = false;
    const [dead] = await listDispatches(store, { size: 10, status: "dead" });
    if (dead === undefined) throw new Error("nothing is dead");
    expect(await replayDispatch(store, dead, clock.now())).toBe(true);
    await outbox.drain();
    expect(await statuses(store)).toEqual([{ target: "chat", status: "done", attempts: 1, error: null }]);
    expect(await replayDispatch(store, { ...dead, id: "no~such" }, clock.now())).toBe(false);
  });

  it("lets no target wait for another one that does not answer", async () => {
    let release: () => void = silent;
    const stuck = receiver(() => new Promise((resolve) => (release = () => resolve(undefined))));
    const good = receiver();
    const { outbox } = await queued({ stuck: stuck.action, good: good.action });
    const drained = outbox.drain();
    await expect.poll(() => good.sent.length).toBe(1);
    release();
    await drained;
    expect(stuck.sent).toHaveLength(1);
  });

  it("ends an attempt that takes too long, and counts it as failed", async () => {
    const slow = receiver(
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new Error("aborted")));
        }),
    );
    const { outbox, store } = await queued({ slow: { ...slow.action, timeoutMs: 20 } });
    await outbox.drain();
    expect(await statuses(store)).toMatchObject([
      { status: "pending", attempts: 1, error: "receiver took longer than the 20 ms allowed." },
    ]);
  });

  it("waits for no action when it is stopped, and sends the same again at the next start", async () => {
    const deaf = receiver(() => new Promise(() => undefined));
    const { outbox, open, store } = await queued({ deaf: deaf.action });
    outbox.start();
    await expect.poll(() => deaf.sent.length).toBe(1);
    await outbox.stop();
    expect(await statuses(store)).toMatchObject([{ status: "pending", attempts: 0, error: null }]);
    const next = receiver();
    await open({ deaf: next.action }).drain();
    expect(next.sent.map(({ key, attempt }) => [key, attempt])).toEqual([[deaf.sent[0]?.key, 1]]);
  });

  it("does not send again in the same process what it could not record, and in the next one with the same key", async () => {
    const store = await openStore();
    const chat = receiver();
    const { outbox, open } = await queued({ chat: chat.action }, ["a"], withoutUpdates(store));
    await expect(outbox.drain()).rejects.toThrow("Cannot record how far deliveries have come");
    await expect(outbox.drain()).rejects.toThrow("Cannot record how far deliveries have come");
    expect(chat.sent).toHaveLength(1);
    await expect(open().drain()).rejects.toThrow("Cannot record how far deliveries have come");
    expect(chat.sent).toHaveLength(2);
    expect(new Set(chat.sent.map(({ key }) => key)).size).toBe(1);
  });

  it("sends nothing again that another instance has sent while this one was paused", async () => {
    const hosts = Array.from({ length: 12 }, (_, index) => `host${index}`);
    const other = receiver();
    const { sent, action } = receiver(() => paused());
    const { outbox, open, store } = await queued({ all: action }, hosts);
    // The first that is sent takes until the other instance has sent all of them.
    const drained = open({ all: other.action });
    let once: Promise<unknown> | undefined;
    const paused = async (): Promise<undefined> => {
      await (once ??= drained.drain());
      return undefined;
    };
    await outbox.drain();
    expect(other.sent).toHaveLength(12);
    // Four at once were under way.
    expect(sent).toHaveLength(4);
    expect(await countDispatches(store)).toEqual(new Map([["all", { pending: 0, done: 12, dead: 0, muted: 0 }]]));
  });

  it("tells of each attempt", async () => {
    const { outbox, seen } = await queued({ chat: receiver(() => ({ retry: "later" })).action });
    await outbox.drain();
    expect(seen).toMatchObject([{ target: "chat", attempt: 1, outcome: { kind: "retry", error: "later" } }]);
    expect(outbox.targets).toEqual([{ target: "chat", failures: 1, error: "later" }]);
  });

  it("works by itself once it is started, and stops", async () => {
    const chat = receiver();
    const { outbox, clock } = await queued({ chat: chat.action });
    outbox.start();
    await expect.poll(() => chat.sent.length).toBe(1);
    await expect.poll(() => clock.sleeping).toBe(1);
    await outbox.stop();
    expect(clock.sleeping).toBe(0);
  });
});

/** The same store, whose documents cannot be changed. */
const withoutUpdates = (store: AlertStore): AlertStore => {
  const client = store.client.child({});
  const { bulk } = client;
  Object.assign(client, {
    bulk: (request: { readonly operations: readonly object[] }) =>
      request.operations.some((one) => "update" in one && JSON.stringify(one).includes("deliveries-"))
        ? Promise.reject(new Error("no room"))
        : bulk.call(client, request as never),
  });
  return Object.freeze({ ...store, client });
};
