import { createTask } from "@mozdef/alert/runtime";
import {
  alertHistogram,
  changeAlert,
  createAlertStore,
  eachAlert,
  listAlerts,
  prepareTomorrow,
  pruneIndices,
  readState,
  removeRunner,
  renewRunner,
  restoreIndices,
  rotateIndices,
  setUpStore,
  saveEvents,
  withDefaults,
  writeState,
} from "@mozdef/alert-store";
import { describe, expect, it, vi } from "vitest";
import { namesWith } from "../src/names.ts";
import { EachLogin, login, NoHeartbeat, storeAlerts } from "./alerts.ts";
import { documentsOf, NOW, openStore } from "./open-store.ts";

const DAY_MS = 86_400_000;

describe("events", () => {
  it("get the fields that MozDef always has, and keep their own, also null", () => {
    const event = withDefaults({ category: null, tags: ["x"] }, { now: NOW, hostname: "h" });
    expect(event).toEqual({
      receivedtimestamp: "2017-01-01T01:00:00+00:00",
      utctimestamp: "2017-01-01T01:00:00+00:00",
      timestamp: "2017-01-01T01:00:00+00:00",
      mozdefhostname: "h",
      type: "event",
      tags: ["x"],
      category: null,
      hostname: "UNKNOWN",
      processid: "UNKNOWN",
      processname: "UNKNOWN",
      severity: "UNKNOWN",
      source: "UNKNOWN",
      summary: "UNKNOWN",
      mozdef: { plugins: [] },
      details: {},
    });
  });

  it("stand for themselves: what is wrong is refused with its reason, the rest is saved", async () => {
    const store = await openStore();
    const values = [
      login("a"),
      5,
      null,
      [],
      "{broken",
      {},
      { _source: 1 },
      JSON.stringify(login("text")),
      { _source: login("wrapped") },
    ];
    const saved = await saveEvents(store, values, { now: NOW });
    expect(saved.map((one) => (one.ok ? one._index : one.status))).toEqual([
      "events-20170101",
      ...Array.from({ length: 6 }, () => 400),
      "events-20170101",
      "events-20170101",
    ]);
    // Each kind of store refuses in its own words.
    const reasons = saved.flatMap((one) => (one.ok ? [] : [one.reason.replace(/^\w+_parsing_exception.*/, "refused")]));
    expect(reasons.map((reason) => reason.slice(0, 30))).toMatchInlineSnapshot(`
      [
        "expected a JSON object, receiv",
        "expected a JSON object, receiv",
        "expected a JSON object, receiv",
        "it is not JSON: Expected prope",
        "it is empty: expected at least",
        "expected a JSON object under "",
      ]
    `);
    expect(await documentsOf(store, "events")).toHaveLength(3);
  });

  it.each([
    ["alert_names", ["EachLogin"], "sender_alert_names", '["EachLogin"]'],
    ["alert_names", "EachLogin", "sender_alert_names", "EachLogin"],
    ["alerts", [{ index: "alerts-201701", id: "1" }], "sender_alerts", '[{"index":"alerts-201701","id":"1"}]'],
    ["alerts.id", "1", "sender_alerts_id", "1"],
    ["alerts", null, "sender_alerts", "null"],
  ])("alert whatever their sender says in %s: %j", async (field, value, renamed, text) => {
    const store = await openStore();
    const planted = { ...login("a"), [field]: value };
    await saveEvents(store, [planted, JSON.stringify(planted), { _source: planted }], { now: NOW, refresh: true });
    expect(await storeAlerts(store, [createTask(EachLogin)])).toHaveLength(3);
    const [stored] = await documentsOf(store, "events");
    expect(stored?._source).toMatchObject({ [renamed]: text, alert_names: ["EachLogin"] });
  });

  it("that cannot be written as JSON take no others with them", async () => {
    const store = await openStore();
    const events = [{ summary: "a" }, { summary: "b", details: { count: 1n } }, { summary: "c" }];
    const saved = await saveEvents(store, events, { now: NOW, refresh: true });
    expect(saved.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(saved[1]).toMatchObject({ status: 400, reason: expect.stringContaining("BigInt") });
  });

  it("are wanted again later when their index may not be written to now", async () => {
    const store = await openStore();
    const error = { type: "cluster_block_exception", reason: "index [x] blocked by: [FORBIDDEN/8/index write (api)]" };
    vi.spyOn(store.client, "bulk").mockResolvedValue({ items: [{ create: { status: 403, error } }] } as never);
    expect(await saveEvents(store, [login("a")], { now: NOW })).toMatchObject([{ ok: false, status: 503 }]);
  });

  it("with a value too long to index are kept", async () => {
    const store = await openStore();
    const [saved] = await saveEvents(store, [login("a", { details: { payload: "x".repeat(40_000) } })], { now: NOW });
    expect(saved?.ok).toBe(true);
  });
});

describe("indices of packs", () => {
  it("are created with the kinds of their fields; everything else is a keyword", async () => {
    const store = await openStore({ indices: { seen: { at: "date", text: "text" } } });
    const index = store.names.physical("seen");
    await store.client.index({ index, document: { at: NOW, text: "Two Words", user: "Two Words" }, refresh: true });
    const found = async (query: object) => (await store.client.search({ index, query })).hits.hits.length;
    expect(await found({ term: { user: "Two Words" } })).toBe(1);
    expect(await found({ term: { text: "words" } })).toBe(1);
    expect(await found({ range: { at: { gte: NOW.toISOString() } } })).toBe(1);
    // Also where the configuration names a further one.
    const further = store.names.physical("seen-test");
    await store.client.index({ index: further, document: { user: "Two Words" }, refresh: true });
    expect((await store.client.count({ index: further, query: { term: { user: "Two Words" } } })).count).toBe(1);
  });
});

describe("rotateIndices", () => {
  const aliasesOf = async (store: Awaited<ReturnType<typeof openStore>>) => {
    const found = await store.client.indices.getAlias({ index: store.names.physical("events-*") });
    return Object.fromEntries(
      Object.entries(found)
        .map(
          ([index, { aliases }]) =>
            [store.names.logical(index), Object.keys(aliases).map(store.names.logical).sort()] as const,
        )
        .sort(),
    );
  };

  it("moves the aliases on with the day, and keeps a week", async () => {
    const store = await openStore();
    expect(await aliasesOf(store)).toEqual({
      "events-20161231": ["events-previous", "events-weekly"],
      "events-20170101": ["events", "events-weekly"],
    });
    await rotateIndices(store, new Date(NOW.getTime() + DAY_MS));
    expect(await aliasesOf(store)).toEqual({
      "events-20161231": ["events-weekly"],
      "events-20170101": ["events-previous", "events-weekly"],
      "events-20170102": ["events", "events-weekly"],
    });
    await rotateIndices(store, new Date(NOW.getTime() + 8 * DAY_MS));
    expect(await aliasesOf(store)).toEqual({
      "events-20161231": [],
      "events-20170101": [],
      "events-20170102": ["events-weekly"],
      "events-20170108": ["events-previous", "events-weekly"],
      "events-20170109": ["events", "events-weekly"],
    });
  });
});

describe("alerts", () => {
  const withAlerts = async () => {
    const store = await openStore();
    await saveEvents(store, [login("a"), login("b")], { now: NOW, refresh: true });
    await storeAlerts(store, [createTask(EachLogin)]);
    await storeAlerts(store, [createTask(NoHeartbeat)], new Date(NOW.getTime() + 60_000));
    return store;
  };

  it("keep their places on their pages, though they are of one time and change", async () => {
    const store = await openStore();
    const events = Array.from({ length: 12 }, (_, at) => login(`host${at}`));
    await saveEvents(store, events, { now: NOW, refresh: true });
    await storeAlerts(store, [createTask(EachLogin)]);
    const paged = async (): Promise<readonly string[]> => {
      const pages = [0, 4, 8].map((from) => listAlerts(store, {}, { from, size: 4 }));
      return (await Promise.all(pages)).flatMap(({ alerts }) => alerts.map(({ _id }) => _id));
    };
    const before = await paged();
    expect(new Set(before).size).toBe(12);
    for (const id of before.slice(1, 4))
      await changeAlert(store, id, { kind: "status", status: "acknowledged" }, { by: "ann", now: NOW });
    expect(await paged()).toEqual(before);
  });

  it.each(["newest", "oldest"] as const)(
    "are given once by pages that go on, %s first, while others come in, change and have no id to sort by",
    async (order) => {
      const store = await openStore();
      const events = Array.from({ length: 12 }, (_, at) => login(`host${at}`));
      await saveEvents(store, events, { now: NOW, refresh: true });
      await storeAlerts(store, [createTask(EachLogin)]);
      const index = store.names.physical("alerts");
      const old = (id: string, time = NOW) => ({
        index,
        id,
        document: { utctimestamp: time, summary: id },
        refresh: true,
      });
      for (const id of ["old1", "old2", "old3", "old4", "old5"]) await store.client.index(old(id));
      const before = (await listAlerts(store, {}, { order })).alerts.map(({ _id }) => _id);
      const given: string[] = [];
      let after: string | undefined;
      do {
        const page = await listAlerts(store, {}, { order, size: 4, after });
        given.push(...page.alerts.map(({ _id }) => _id));
        expect(page.total).toBeGreaterThanOrEqual(before.length);
        after = page.next ?? undefined;
        const side = order === "newest" ? 1 : -1;
        await store.client.index(old(`new${given.length}`, new Date(NOW.getTime() + side)));
        const [first = ""] = given;
        await changeAlert(store, first, { kind: "comment", text: "seen" }, { by: "ann", now: NOW });
      } while (after !== undefined);
      expect([before.length, given]).toEqual([17, before]);
    },
  );

  it("refuse a place that is none, or one in another order", async () => {
    const store = await withAlerts();
    const { next } = await listAlerts(store, {}, { size: 1 });
    for (const [after, order] of [
      [next ?? "", "oldest"],
      ["nonsense", "newest"],
      ["", "newest"],
    ] as const)
      await expect(listAlerts(store, {}, { after, order })).rejects.toMatchObject({ code: "STORE_CHANGE_INVALID" });
  });

  it("are listed newest first, by page and by filter", async () => {
    const store = await withAlerts();
    const all = await listAlerts(store);
    expect(all.total).toBe(3);
    expect(all.alerts[0]?._source.summary).toBe("no heartbeat");
    expect((await listAlerts(store, {}, { from: 1, size: 1 })).alerts).toHaveLength(1);
    expect((await listAlerts(store, { text: "login" })).total).toBe(2);
    expect((await listAlerts(store, { severity: ["CRITICAL"] })).total).toBe(0);
    expect((await listAlerts(store, { until: NOW })).total).toBe(2);
    expect((await listAlerts(store, { since: new Date(NOW.getTime() + 1) })).total).toBe(1);
  });

  it("are counted over time and by what can be chosen, and given one after the other, however many there are", async () => {
    const store = await withAlerts();
    const { statuses, names, severities } = await listAlerts(store, { classname: ["EachLogin"] });
    expect([statuses, names.length, severities.length]).toEqual([[{ value: "manual", count: 2 }], 2, 1]);
    const { intervalMs, buckets } = await alertHistogram(store, {}, { now: NOW, most: 3 });
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(buckets.map(({ at }) => at.getTime() % intervalMs)).toEqual(buckets.map(() => 0));
    expect(await alertHistogram(store, { text: "nothing" }, { now: NOW })).toMatchObject({ buckets: [] });
    const given: string[] = [];
    for await (const alerts of eachAlert(store, {})) given.push(...alerts.map(({ _id }) => _id));
    expect(given).toEqual((await listAlerts(store)).alerts.map(({ _id }) => _id));
  });
});

describe("state", () => {
  it("refuses to overwrite what somebody else has written", async () => {
    const store = await openStore();
    expect(await readState(store, "x")).toBeNull();
    await writeState(store, "x", { n: 1 }, null);
    const read = await readState(store, "x");
    await writeState(store, "x", { n: 2 }, read);
    await expect(writeState(store, "x", { n: 3 }, read)).rejects.toMatchObject({ code: "STORE_CONFLICT" });
    await expect(writeState(store, "x", { n: 3 }, null)).rejects.toMatchObject({ code: "STORE_CONFLICT" });
    await writeState(store, "x", { n: 4 });
    expect((await readState(store, "x"))?.source).toEqual({ n: 4 });
  });

  it("knows the instances that have said that they are there, until they are taken out", async () => {
    const store = await openStore();
    const record = { host: "web1", version: "1.0.0", packs: { "@example/alerts": "2.0.0" }, standstill: null };
    const a = { id: "a", renewals: 1, ...record };
    expect(await renewRunner(store, a)).toMatchObject([a]);
    const b = { id: "b", renewals: 1, ...record, standstill: "No alert runs." };
    expect(await renewRunner(store, b)).toMatchObject([a, b]);
    expect(await renewRunner(store, { ...a, renewals: 2 })).toMatchObject([{ id: "a", renewals: 2 }, { id: "b" }]);
    await removeRunner(store, "a");
    await removeRunner(store, "a");
    expect(await renewRunner(store, b)).toMatchObject([b]);
  });
});

describe("indices that somebody else made", () => {
  const foreign = ["events-20161230", "events-20100101", "slots-20100101", "deliveries-20100101"];
  const withForeign = async () => {
    const store = await openStore();
    const { physical } = store.names;
    for (const name of foreign)
      await store.client.indices.create({ index: physical(name), aliases: { [physical("events-weekly")]: {} } });
    return store;
  };
  const aliasesOf = async ({ client, names: { physical } }: Awaited<ReturnType<typeof openStore>>) =>
    Object.values(await client.indices.getAlias({ index: foreign.map(physical) })).map(({ aliases }) =>
      Object.keys(aliases),
    );

  it("are not deleted, however old and whatever they are called", async () => {
    const store = await withForeign();
    const later = new Date(NOW.getTime() + 10 * DAY_MS);
    const deleted = await pruneIndices(store, later, { eventsDays: 1, serviceDays: 1 });
    expect(deleted.filter((name) => foreign.includes(name))).toEqual([]);
    expect(await aliasesOf(store)).toHaveLength(foreign.length);
  });

  it("keep their aliases, and get none", async () => {
    const store = await withForeign();
    const before = await aliasesOf(store);
    await rotateIndices(store, new Date(NOW.getTime() + DAY_MS));
    expect(await aliasesOf(store)).toEqual(before);
  });
});

describe("indices of the day that are deleted while the service runs", () => {
  const [today, alerts] = ["events-20170101", "alerts-201701"];

  it("are the service's own again, with their aliases, also those that a write has made anew", async () => {
    const store = await openStore();
    const { client, names } = store;
    expect(await restoreIndices(store, NOW)).toEqual([]);
    await client.indices.delete({ index: [names.physical(today), names.physical(alerts)] });
    const [saved] = await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    expect(saved).toMatchObject({ ok: true, _index: today });
    expect((await restoreIndices(store, NOW)).toSorted()).toEqual([alerts, today]);
    expect(await restoreIndices(store, NOW)).toEqual([]);
    expect(await documentsOf(store, "events")).toHaveLength(1);
    const { count } = await client.count({ index: names.physical("alerts") });
    expect(count).toBe(0);
    // Somebody else who comes now takes them for the service's own.
    const other = createAlertStore({ client, prefix: names.prefix });
    expect(await saveEvents(other, [login("b")], { now: NOW })).toMatchObject([{ ok: true }]);
  });
});

describe("pruneIndices", () => {
  it("deletes days beyond their time, however long ago, and never alerts", async () => {
    const store = await openStore();
    await rotateIndices(store, new Date(NOW.getTime() + 3 * DAY_MS));
    const later = new Date(NOW.getTime() + 10 * DAY_MS);
    const deleted = await pruneIndices(store, later, { eventsDays: 8, serviceDays: 8 });
    expect([...deleted].sort()).toEqual([
      "deliveries-20170101",
      "events-20161231",
      "events-20170101",
      "slots-20170101",
    ]);
    expect(await pruneIndices(store, later, { eventsDays: 8, serviceDays: 8 })).toEqual([]);
  });

  it("keeps what alerts have covered as long as the events", async () => {
    const store = await openStore();
    const prunedAt = (date: string) => pruneIndices(store, new Date(date), { eventsDays: 28, serviceDays: 365 });
    await prunedAt("2017-02-15T00:00:00Z");
    expect(await prunedAt("2017-02-28T00:00:00Z")).toEqual([]);
    expect(await prunedAt("2017-03-02T00:00:00Z")).toEqual(["coverage-201701"]);
  });
});

describe("tomorrow", () => {
  it("has its indices today, so that the store makes none by itself after midnight", async () => {
    const store = await openStore();
    await prepareTomorrow(store, NOW);
    const made = store.names.physical("events-20170102");
    const { [made]: tomorrow } = await store.client.indices.getMapping({ index: made });
    expect(tomorrow?.mappings._meta).toHaveProperty("mozdef-alerts");
  });
});

describe("the service's own names", () => {
  it("have its prefix, and no others", () => {
    const { physical, logical } = namesWith("soc-", ["localities"]);
    const own = [
      "events",
      "events-20170101",
      "events-*",
      "events*",
      "coverage-*",
      "mozdefstate",
      "localities",
      "localities-eu",
    ];
    expect(own.map(physical)).toEqual(own.map((name) => `soc-${name}`));
    expect(own.map(physical).map(logical)).toEqual(own);
    const others = ["logs-auth-default", "logs-*", "*", "eventstream", "eu:events", "soc-logs"];
    expect(others.map(physical)).toEqual(others);
    expect(others.map(logical)).toEqual(others);
    expect(physical("-events-20170101")).toBe("-soc-events-20170101");
  });

  it("cannot be taken from somebody else", async () => {
    const store = await openStore();
    await store.client.indices.create({ index: store.names.physical("events-20170103") });
    await expect(rotateIndices(store, new Date(NOW.getTime() + 2 * DAY_MS))).rejects.toMatchObject({
      code: "STORE_INDEX_FOREIGN",
      message: expect.stringContaining("events-20170103"),
    });
  });
});

describe("setUpStore", () => {
  it("asks to create nothing when everything is there", async () => {
    const store = await openStore();
    const sent: string[] = [];
    store.client.diagnostic.on("request", (_, result) => {
      const { method = "", path = "" } = result?.meta.request.params ?? {};
      sent.push(`${method} ${path}`);
    });
    expect(await setUpStore(createAlertStore({ client: store.client, prefix: store.names.prefix }), NOW)).toEqual({
      warnings: [],
    });
    expect(sent.filter((one) => one.startsWith("PUT"))).toEqual([]);
  });
});
