import type { AlertAction, AlertMessage, DeliveryContext, DeliveryEvent } from "@mozdef/alert/runtime";
import { createTask } from "@mozdef/alert/runtime";
import {
  changeSilence,
  createMutes,
  createOutbox,
  createRouter,
  createSilence,
  endSilence,
  type InhibitionInput,
  listSilences,
  readInhibitions,
  readRoutes,
  readWindows,
  type RouteInput,
  runAlerts,
  type WindowInput,
} from "@mozdef/alert-engine";
import { FakeClock } from "@mozdef/alert-engine/testing";
import {
  type AlertStore,
  changeAlert,
  findOpenAlerts,
  getAlert,
  listDispatches,
  queueNotices,
  replayDispatch,
  saveEvents,
} from "@mozdef/alert-store";
import { describe, expect, it } from "vitest";
import { EachLogin, login, options } from "./alerts.ts";
import { NOW, openStore } from "./open-store.ts";

interface Got {
  readonly summary: string;
  readonly key: string;
  readonly event: DeliveryEvent;
  readonly alerts: number;
  readonly group: string | null;
  readonly at: string;
}

interface World {
  readonly routes?: readonly RouteInput[];
  readonly inhibit?: readonly InhibitionInput[];
  readonly windows?: readonly WindowInput[];
  readonly answer?: AlertAction["send"];
  readonly events?: readonly DeliveryEvent[];
}

const silent = () => undefined;
const TARGETS = ["chat", "pager"];
const services = { log: { debug: silent, info: silent, warn: silent, error: silent }, fetch };

/** A service without HTTP: logins become alerts, alerts become messages, and time is set by hand. */
const world = async ({ routes, inhibit = [], windows = [], answer = silent, events = ["trigger"] }: World) => {
  const store = await openStore();
  const clock = new FakeClock(NOW.toISOString());
  const got: Record<string, Got[]> = { chat: [], pager: [] };
  const seconds = (): number => (clock.now().getTime() - NOW.getTime()) / 1_000;
  const action = (target: string): AlertAction => ({
    kind: "receiver",
    events,
    send: (message: AlertMessage, context: DeliveryContext) => {
      const { key, event, group, alerts } = context;
      const at = `${seconds()}s`;
      got[target]?.push({ summary: message._source.summary, key, event, group, alerts: alerts.length, at });
      return answer(message, context);
    },
  });
  const actions = { chat: action("chat"), pager: action("pager") };
  const read = routes === undefined ? null : readRoutes(routes, TARGETS);
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => void failures.push(error);
  const mutes = createMutes({ store, inhibitions: readInhibitions(inhibit), windows: readWindows(windows), onFailure });
  const open = () => createOutbox({ store, clock, actions, routes: read, mutes, services });
  let outbox = open();
  return {
    store,
    clock,
    got,
    mutes,
    failures,
    tells: (target: string) => (actions[target as keyof typeof actions].events ?? []).length > 1,
    restart: () => {
      outbox = open();
    },
    /** Logins on hosts become alerts now, and what is due is sent. */
    alert: async (...hosts: string[]) => {
      const now = clock.now();
      await saveEvents(
        store,
        hosts.map((host) => ({ ...login(host), utctimestamp: now.toISOString() })),
        {
          now,
          refresh: true,
        },
      );
      const router = createRouter({ actions, routes: read, mutes });
      await runAlerts(store, [createTask(EachLogin)], options({ router, now }));
      await outbox.drain();
    },
    /** Time passes, a second at a time, as the outbox wakes when something is due. */
    after: async (howMany: number, step = 1) => {
      for (let passed = 0; passed < howMany; passed += step) {
        clock.set(new Date(clock.now().getTime() + step * 1_000).toISOString());
        await outbox.drain();
      }
    },
    drain: () => outbox.drain(),
    summaries: (target: string) => got[target]?.map(({ summary, at }) => `${at} ${summary}`),
  };
};

const deliveries = async (store: AlertStore) =>
  (await listDispatches(store, { size: 100 }))
    .map(({ target, status, reason = null, times = 0 }) => ({ target, status, reason, times }))
    .sort((a, b) => a.target.localeCompare(b.target));

const onlyAlert = async (store: AlertStore): Promise<AlertMessage> => {
  const [open] = await findOpenAlerts(store, { since: new Date(0), until: new Date("2100-01-01"), terms: [] });
  const alert = await getAlert(store, open?._id ?? "");
  if (alert === null) throw new Error("there is no alert");
  return alert;
};

const setStatus = (store: AlertStore, id: string, status: "acknowledged" | "closed", now: Date) =>
  changeAlert(store, id, { kind: "status", status }, { by: "ann", now });

describe("routes", () => {
  it("send what comes while the first alert of a group waits as one message, and later ones after the interval", async () => {
    const { alert, after, got, summaries } = await world({
      routes: [{ to: ["chat"], groupBy: ["classname"], wait: "10s", interval: "60s" }],
    });
    await alert("a");
    await after(5);
    await alert("b", "c");
    expect(got.chat).toEqual([]);
    await after(5);
    expect(summaries("chat")).toEqual(["10s 3 alerts: EachLogin (3). The first: login on a"]);
    expect(got.chat?.[0]).toMatchObject({ alerts: 3, event: "trigger" });
    await alert("d");
    await after(30);
    await alert("e");
    await after(29);
    expect(got.chat).toHaveLength(1);
    await after(1);
    expect(summaries("chat")?.slice(1)).toEqual(["70s 2 alerts: EachLogin (2). The first: login on d"]);
    expect(new Set(got.chat?.map(({ group }) => group)).size).toBe(1);
    expect(new Set(got.chat?.map(({ key }) => key)).size).toBe(2);
  });

  it("send a message of several alerts again under the same key, and with the same alerts, also after a restart", async () => {
    let isDown = true;
    const { alert, after, got, restart } = await world({
      routes: [{ to: ["chat"], groupBy: [], wait: "1s", interval: "1s" }],
      answer: () => (isDown ? { retry: "503" } : undefined),
    });
    await alert("a", "b");
    await after(1);
    await alert("c");
    restart();
    await after(5);
    isDown = false;
    await after(40);
    const first = got.chat?.filter(({ key }) => key === got.chat?.[0]?.key) ?? [];
    expect(first.length).toBeGreaterThan(1);
    expect(new Set(first.map(({ summary, alerts }) => `${alerts} ${summary}`)).size).toBe(1);
    expect(got.chat?.at(-1)).toMatchObject({ summary: "login on c", alerts: 1 });
  });

  it("repeat a message until somebody has acknowledged the alert", async () => {
    const { alert, after, got, store, clock } = await world({ routes: [{ to: ["chat"], repeat: "60s" }] });
    await alert("a");
    await after(130, 5);
    expect(got.chat?.map(({ at }) => at)).toEqual(["0s", "60s", "120s"]);
    expect(new Set(got.chat?.map(({ key }) => key)).size).toBe(3);
    await setStatus(store, (await onlyAlert(store))._id, "acknowledged", clock.now());
    await after(120, 5);
    expect(got.chat).toHaveLength(3);
    expect(await deliveries(store)).toEqual([
      { target: "chat", status: "done", reason: "the alert was acknowledged by ann before", times: 3 },
    ]);
  });

  it("escalate what nobody has acknowledged, and nothing else", async () => {
    const { alert, after, got, store, clock } = await world({
      routes: [{ to: ["chat"], escalate: { after: "5m", to: ["pager"] } }],
    });
    await alert("a");
    await setStatus(store, (await onlyAlert(store))._id, "acknowledged", clock.now());
    await after(10, 10);
    await alert("b");
    await after(310, 10);
    expect(got.chat?.map(({ summary }) => summary)).toEqual(["login on a", "login on b"]);
    expect(got.pager?.map(({ summary }) => summary)).toEqual(["login on b"]);
  });

  it("send no more than their limit, and what is beyond as one message when its time has passed", async () => {
    const { alert, after, got, store } = await world({ routes: [{ to: ["chat"], limit: { count: 3, per: "60s" } }] });
    await alert("a", "b", "c", "d", "e", "f");
    expect(got.chat).toHaveLength(3);
    await alert("g");
    await after(70, 5);
    expect(got.chat).toHaveLength(4);
    expect(got.chat?.[3]).toMatchObject({ alerts: 4 });
    const all = await deliveries(store);
    expect(all.every(({ status, times }) => status === "done" && times === 1)).toBe(true);
  });
});

describe("silences", () => {
  it("mute what they match; the alert and its deliveries say by what", async () => {
    const { alert, got, store, mutes, clock } = await world({});
    const now = clock.now();
    const until = new Date(now.getTime() + 60_000);
    await createSilence(store, { match: { summary: "* on a" }, until, by: "ann", reason: "known" }, now);
    await mutes.refresh(now);
    await alert("a", "b");
    expect(got.chat?.map(({ summary }) => summary)).toEqual(["login on b"]);
    const muted = (await deliveries(store)).filter(({ status }) => status === "muted");
    expect(muted).toHaveLength(2);
    expect(muted[0]?.reason).toBe("silence of ann: known");
    const open = await findOpenAlerts(store, { since: new Date(0), until: now, terms: [] });
    const [alertOnA] = open.filter(({ _source }) => _source.summary === "login on a");
    expect(alertOnA?._source.mutedby).toMatchObject([{ kind: "silence", reason: "silence of ann: known" }]);
  });

  it("do not keep from being sent what somebody has sent nevertheless", async () => {
    const { alert, got, store, mutes, clock, drain } = await world({});
    const now = clock.now();
    const until = new Date(now.getTime() + 60_000);
    await createSilence(store, { match: { category: "*" }, until, by: "ann", reason: "known" }, now);
    await mutes.refresh(now);
    await alert("a");
    expect(got.chat).toEqual([]);
    clock.set(new Date(now.getTime() + 1_000).toISOString());
    for (const muted of await listDispatches(store, { size: 10, status: "muted", target: "chat" }))
      await replayDispatch(store, muted, clock.now());
    await drain();
    expect(got.chat?.map(({ summary }) => summary)).toEqual(["login on a"]);
    expect(got.pager).toEqual([]);
  });

  it("end by themselves, and when somebody ends them", async () => {
    const { alert, after, got, store, mutes, clock } = await world({});
    const silence = async (seconds: number) =>
      createSilence(
        store,
        {
          ...{ match: { category: "*" }, by: "ann", reason: "r" },
          until: new Date(clock.now().getTime() + seconds * 1_000),
        },
        clock.now(),
      );
    await silence(10);
    await mutes.refresh(clock.now());
    await after(10);
    await alert("a");
    expect(got.chat).toHaveLength(1);
    const { id } = await silence(3_600);
    await mutes.refresh(clock.now());
    await alert("b");
    await endSilence(store, id, "bob", clock.now());
    await mutes.refresh(clock.now());
    await alert("c");
    expect(got.chat?.map(({ summary }) => summary)).toEqual(["login on a", "login on c"]);
    expect((await listSilences(store, clock.now())).find((one) => one.id === id)).toMatchObject({ changedBy: "bob" });
  });

  it("mute what waits, too, and put off what is repeated", async () => {
    const { alert, after, got, store, mutes, clock } = await world({
      routes: [
        { match: { summary: "* on a" }, to: ["chat"], groupBy: [], wait: "30s" },
        { to: ["pager"], repeat: "60s" },
      ],
    });
    await alert("a", "b");
    const request = { match: { classname: "EachLogin" }, by: "ann", reason: "r" };
    await createSilence(store, { ...request, until: new Date(clock.now().getTime() + 100_000) }, clock.now());
    await mutes.refresh(clock.now());
    await after(200, 5);
    expect(got.chat).toEqual([]);
    expect(got.pager?.map(({ at }) => at)).toEqual(["0s", "120s", "180s"]);
  });

  it.each([
    ["a match of nothing", { match: {} }, "match: expected at least one field"],
    ["a wrong match", { match: { a: [] } }, "match: a: expected 1 to 1000 values"],
    ["a time in the past", { until: new Date(NOW.getTime() - 1) }, "until: expected a time in the future"],
    ["one without end", { until: new Date("2100-01-01") }, "until: expected at most 366 days"],
  ])("are refused with %s", async (_, wrong, message) => {
    const store = await openStore();
    const request = { match: { a: "b" }, until: new Date(NOW.getTime() + 1_000), by: "ann", reason: "r" };
    await expect(createSilence(store, { ...request, ...wrong }, NOW)).rejects.toThrow(message);
  });

  it("are changed by several at once, one after the other", async () => {
    const store = await openStore();
    const until = new Date(NOW.getTime() + 60_000);
    const { id } = await createSilence(store, { match: { a: "b" }, until, by: "ann", reason: "r" }, NOW);
    const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
    await Promise.all([
      changeSilence(store, id, { until: later(5), by: "bob" }, NOW),
      changeSilence(store, id, { reason: "longer", by: "eve" }, NOW),
    ]);
    expect((await listSilences(store, NOW))[0]).toMatchObject({ until: later(5), reason: "longer" });
    await expect(endSilence(store, "none", "ann", NOW)).rejects.toThrow('There is no silence with the id "none"');
  });
});

describe("maintenance windows and inhibition", () => {
  it("mute in the times of the window", async () => {
    const minutes = NOW.getUTCMinutes();
    const { alert, after, got } = await world({
      windows: [{ name: "backup", begins: { minute: minutes }, lasts: "2m", match: { category: "*" } }],
    });
    await alert("a");
    await after(120, 30);
    await alert("b");
    expect(got.chat?.map(({ summary }) => summary)).toEqual(["login on b"]);
  });

  it("mute what another open alert speaks for, made before or in the same slot", async () => {
    const { alert, got, store, clock, failures } = await world({
      inhibit: [{ by: { summary: "* on root" }, mutes: { summary: { not: "* on root" } }, equal: ["classname"] }],
    });
    await alert("a", "root");
    await alert("b");
    expect(got.chat?.map(({ summary }) => summary)).toEqual(["login on root"]);
    const open = await findOpenAlerts(store, { since: new Date(0), until: clock.now(), terms: [] });
    const root = open.find(({ _source }) => _source.summary === "login on root");
    await setStatus(store, root?._id ?? "", "closed", clock.now());
    await alert("c");
    expect(got.chat?.map(({ summary }) => summary)).toEqual(["login on root", "login on c"]);
    expect(failures).toEqual([]);
  });
});

describe("what becomes of an alert", () => {
  const told = async (
    store: AlertStore,
    event: "acknowledge" | "resolve",
    now: Date,
    tells: (target: string) => boolean,
  ) => {
    const alert = await onlyAlert(store);
    const status = event === "resolve" ? "closed" : "acknowledged";
    await setStatus(store, alert._id, status, now);
    await queueNotices(store, alert, { event, by: "ann", now }, tells);
  };

  it("is told to targets that have got it and can tell it", async () => {
    const { alert, got, store, clock, tells, drain } = await world({ events: ["trigger", "acknowledge", "resolve"] });
    await alert("a");
    await told(store, "acknowledge", clock.now(), tells);
    await drain();
    await told(store, "resolve", clock.now(), tells);
    await drain();
    expect(got.chat?.map(({ event }) => event)).toEqual(["trigger", "acknowledge", "resolve"]);
  });

  it("is told to nobody who cannot tell it, or has not got the alert", async () => {
    const deaf = await world({});
    await deaf.alert("a");
    await told(deaf.store, "resolve", deaf.clock.now(), deaf.tells);
    await deaf.drain();
    expect(deaf.got.chat).toHaveLength(1);
    const refusing = await world({
      events: ["trigger", "resolve"],
      answer: () => ({ refused: "404" }),
    });
    await refusing.alert("a");
    await told(refusing.store, "resolve", refusing.clock.now(), refusing.tells);
    await refusing.drain();
    expect(refusing.got.chat).toHaveLength(1);
    expect((await deliveries(refusing.store)).map(({ status, reason }) => reason ?? status).sort()).toEqual(
      [...["dead", "the target has not got the alert", "dead", "the target has not got the alert"]].sort(),
    );
  });

  it("closes what has not been sent yet", async () => {
    const { alert, after, got, store, clock, tells } = await world({
      routes: [{ to: ["chat"], groupBy: [], wait: "30s" }],
      events: ["trigger", "resolve"],
    });
    await alert("a");
    await told(store, "resolve", clock.now(), tells);
    await after(60, 5);
    expect(got.chat).toEqual([]);
    expect((await deliveries(store)).map(({ reason }) => reason).sort()).toEqual([
      "the alert was closed before",
      "the target has not got the alert",
    ]);
  });

  it("is told of a group when the last alert of it is closed", async () => {
    const { alert, after, got, store, clock, tells, drain } = await world({
      routes: [{ to: ["chat"], groupBy: [], wait: "5s" }],
      events: ["trigger", "resolve"],
    });
    await alert("a", "b");
    await after(10, 5);
    await told(store, "resolve", clock.now(), tells);
    await drain();
    expect(got.chat?.map(({ event }) => event)).toEqual(["trigger"]);
    await told(store, "resolve", new Date(clock.now().getTime() + 1), tells);
    await after(1);
    expect(got.chat?.map(({ event }) => event)).toEqual(["trigger", "resolve"]);
  });
});
