import { aggregation, AlertTask, type AggregatedEvents, noEvent } from "@mozdef/alert";
import { type AlertAction, createTask, type DeliveryEvent } from "@mozdef/alert/runtime";
import {
  createMutes,
  createOutbox,
  createRouter,
  createSilence,
  readRoutes,
  type RouteInput,
  runAlerts,
} from "@mozdef/alert-engine";
import { FakeClock } from "@mozdef/alert-engine/testing";
import {
  type AlertStore,
  changeAlert,
  listAlerts,
  listDispatches,
  queueNotices,
  saveEvents,
} from "@mozdef/alert-store";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { expect, it } from "vitest";
import { options } from "./alerts.ts";
import { openStore } from "./open-store.ts";

class Attack extends AlertTask {
  main() {
    const failed = SearchQuery({ minutes: 5 }).must(TermMatch("category", "login"));
    return aggregation(failed, { field: "details.sourceipaddress", threshold: 3, quietFor: { hours: 2 } });
  }
  onAggregation({ value, count }: AggregatedEvents) {
    return { summary: `${count} failed logins by ${value}`, category: "attack", tags: [], severity: "CRITICAL" };
  }
}

class NoHeartbeat extends AlertTask {
  main() {
    const query = SearchQuery({ minutes: 5 }).must(TermMatch("category", "heartbeat"));
    return noEvent(query, { quietFor: { hours: 2 }, resolveAfter: { minutes: 0 } });
  }
  onNoEvent() {
    return { summary: "no heartbeat", category: "availability", tags: [], severity: "WARNING" };
  }
}

const ROUTES: readonly RouteInput[] = [
  { name: "night", to: ["mail"], digest: { minute: 0, hour: 9 }, continue: true },
  { name: "attacks", match: { category: "attack" }, to: ["pager", "chat"] },
  { name: "rest", to: ["chat"] },
];

const at = (time: string): Date => new Date(`2017-01-01T${time}Z`);
const silent = () => undefined;
const services = { log: { debug: silent, info: silent, warn: silent, error: silent }, fetch };

/** Two services on one store; each message is sent by one of them, and after each step they take turns. */
const twoServices = (store: AlertStore) => {
  const clock = new FakeClock(at("01:00:00").toISOString());
  const got: Record<string, (readonly [event: DeliveryEvent, summary: string])[]> = { pager: [], chat: [], mail: [] };
  const keys: string[] = [];
  let isChatDown = false;
  const action = (target: string): AlertAction => ({
    kind: target,
    events: target === "mail" ? ["trigger"] : ["trigger", "acknowledge", "resolve"],
    send: ({ _source }, { event, key }) => {
      if (target === "chat" && isChatDown) return { retry: "503" };
      keys.push(`${target} ${key}`);
      got[target]?.push([event, _source.summary]);
      return undefined;
    },
  });
  const actions = { pager: action("pager"), chat: action("chat"), mail: action("mail") };
  const routes = readRoutes(ROUTES, Object.keys(actions));
  const open = () => {
    const mutes = createMutes({ store });
    const outbox = createOutbox({ store, clock, actions, routes, mutes, services });
    return { mutes, outbox, router: createRouter({ actions, routes, mutes }) };
  };
  let current = open();
  return {
    got,
    keys,
    router: () => current.router,
    down: (isDown: boolean) => {
      isChatDown = isDown;
    },
    /** The other service takes over, with nothing in memory, and sends what is due. */
    step: async (time: string): Promise<Date> => {
      clock.set(at(time).toISOString());
      current = open();
      await current.mutes.refresh(clock.now());
      await current.outbox.drain();
      return clock.now();
    },
  };
};

/** What is told of each alert is told in order; of different alerts, several messages are sent at once. */
const byAlert = (sent: readonly (readonly [event: DeliveryEvent, summary: string])[] = []) =>
  [...sent].sort(([, a], [, b]) => a.localeCompare(b));

it("an attack grows, is acknowledged and silenced; another one pages; silence ends by itself; a digest comes at nine", async () => {
  const store = await openStore();
  const { got, keys, router, down, step } = twoServices(store);
  const play = async (time: string, logins: Readonly<Record<string, number>>, heartbeats = 1): Promise<Date> => {
    const now = await step(time);
    const failed = Object.entries(logins).flatMap(([sourceipaddress, count]) =>
      Array.from({ length: count }, () => ({ category: "login", details: { sourceipaddress } })),
    );
    const beats = Array.from({ length: heartbeats }, () => ({ category: "heartbeat", details: {} }));
    const events = [...failed, ...beats].map((event) => ({ ...event, utctimestamp: now.toISOString() }));
    await saveEvents(store, events, { now, refresh: true });
    await runAlerts(store, [createTask(Attack), createTask(NoHeartbeat)], options({ now, router: router() }));
    return step(time);
  };
  const tell = async (id: string, status: "acknowledged", now: Date): Promise<void> => {
    const changed = await changeAlert(store, id, { kind: "status", status }, { by: "ann", now });
    if (changed === null) throw new Error("there is no such alert");
    await queueNotices(store, changed.alert, { event: "acknowledge", by: "ann", now }, (target) => target !== "mail");
  };

  await play("01:00:00", { "192.0.2.7": 3 });
  await play("01:06:00", { "192.0.2.7": 5 });
  await play("01:12:00", { "192.0.2.7": 4 });
  const [first] = (await listAlerts(store)).alerts;
  expect(first?._source).toMatchObject({ summary: "3 failed logins by 192.0.2.7", count: 12 });
  expect(got.pager).toEqual([["trigger", "3 failed logins by 192.0.2.7"]]);

  await tell(first?._id ?? "", "acknowledged", await step("01:13:00"));
  const match = { name: "Attack", group: "192.0.2.7" };
  await createSilence(store, { match, until: at("08:00:00"), by: "ann", reason: "blocked" }, at("01:14:00"));
  // The quiet time is over by then, so there is another alert of the first attacker, which nobody is sent.
  down(true);
  await play("03:30:00", { "192.0.2.7": 3, "192.0.2.8": 3 });
  expect(byAlert(got.pager?.slice(1))).toEqual([
    ["acknowledge", "3 failed logins by 192.0.2.7"],
    ["trigger", "3 failed logins by 192.0.2.8"],
  ]);
  await play("03:35:00", {}, 0);
  await play("03:41:00", {}, 0);
  await play("03:47:00", {}, 1);
  down(false);
  for (const time of ["03:50:00", "03:52:00", "03:55:00", "04:00:00", "04:05:00", "04:10:00"]) await step(time);
  expect(byAlert(got.chat)).toEqual([
    ["trigger", "3 failed logins by 192.0.2.7"],
    ["acknowledge", "3 failed logins by 192.0.2.7"],
    ["trigger", "3 failed logins by 192.0.2.8"],
    // Its condition had ended before the chat was back: nothing is to be done, and nothing is said.
  ]);
  const closed = (await listAlerts(store)).alerts.find(({ _source }) => _source.classname === "NoHeartbeat");
  expect(closed?._source).toMatchObject({ status: "closed", closereason: "resolved" });

  expect(got.mail).toEqual([]);
  await step("08:59:59");
  expect(got.mail).toEqual([]);
  await step("09:00:00");
  // The one of the silence has no part in it, and neither has what is over.
  expect(got.mail).toEqual([["trigger", "2 alerts: Attack (2). The first: 3 failed logins by 192.0.2.7"]]);
  expect(new Set(keys).size).toBe(keys.length);
  const open = await listDispatches(store, { size: 100, status: "pending" });
  expect(open).toEqual([]);
});

it("what is over is told to those who have got it", async () => {
  const store = await openStore();
  const { got, router, step } = twoServices(store);
  const run = async (time: string, heartbeats: number): Promise<void> => {
    const now = await step(time);
    const events = Array.from({ length: heartbeats }, () => ({
      category: "heartbeat",
      utctimestamp: now.toISOString(),
    }));
    await saveEvents(store, events, { now, refresh: true });
    await runAlerts(store, [createTask(NoHeartbeat)], options({ now, router: router() }));
    await step(time);
  };
  await run("01:00:00", 1);
  await run("01:10:00", 0);
  await run("01:16:00", 1);
  await run("01:17:00", 1);
  expect(got.chat).toEqual([
    ["trigger", "no heartbeat"],
    ["resolve", "no heartbeat"],
  ]);
});
