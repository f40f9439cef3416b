import { AlertTask, eachEvent, type Hit, type HookContext } from "@mozdef/alert";
import { createTask, type AlertPlugin } from "@mozdef/alert/runtime";
import { createRouter, inProcessHost, runAlerts, runHosted, type RunResult } from "@mozdef/alert-engine";
import { saveEvents } from "@mozdef/alert-store";
import { QueryStringMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { EachLogin, login, ManyLogins, NoHeartbeat, options } from "./alerts.ts";
import { documentsOf, NOW, openStore, watchRequests } from "./open-store.ts";

const [eachLogin, manyLogins, noHeartbeat] = [createTask(EachLogin), createTask(ManyLogins), createTask(NoHeartbeat)];

describe("a run", () => {
  it("stores an alert, marks its events and queues what was stored", async () => {
    const store = await openStore();
    await saveEvents(store, [login("a"), login("a"), login("a"), login("b")], { now: NOW, refresh: true });
    const [run] = await runAlerts(store, [manyLogins], options());
    expect(run).toMatchObject({ task: "ManyLogins", health: "ok", error: null, hits: 4, slot: NOW });
    const [stored] = await documentsOf(store, "alerts");
    const { entities, ..._source } = stored?._source ?? {};
    const alert = { ...stored, _source };
    expect(alert).toEqual(run?.alerts[0]);
    expect(entities).toMatchObject({ host: ["a"] });
    expect(alert).toMatchObject({ _index: "alerts-201701", _source: { summary: "3 logins on a", status: "manual" } });
    expect(alert._source.events).toHaveLength(2);
    const events = await documentsOf(store, "events");
    const marks = events.map(({ _source }) => [_source.hostname, _source.alerts, _source.alert_names]);
    const marked = ["a", [{ index: "alerts-201701", id: stored?._id }], ["ManyLogins"]];
    expect(marks.sort()).toEqual([marked, marked, marked, ["b", undefined, undefined]]);
    const [entry] = await documentsOf(store, "slots-*");
    expect(entry?._source).toMatchObject({ type: "asked", names: ["ManyLogins"], pieces: [{ kind: "alert", alert }] });
  });

  it("is silent the second time, and counts unmarked events again", async () => {
    const store = await openStore();
    await saveEvents(store, [login("a"), login("a"), login("a"), login("b"), login("b")], { now: NOW, refresh: true });
    expect((await runAlerts(store, [manyLogins], options()))[0]?.alerts).toHaveLength(1);
    expect((await runAlerts(store, [manyLogins], options()))[0]?.alerts).toEqual([]);
    await saveEvents(store, [login("b"), login("a")], { now: NOW, refresh: true });
    const [run] = await runAlerts(store, [manyLogins], options());
    expect(run?.alerts.map(({ _source }) => _source.summary)).toEqual(["3 logins on b"]);
  });

  it("marks one event for each alert that covers it", async () => {
    const store = await openStore();
    await saveEvents(store, [login("a"), login("a"), login("a")], { now: NOW, refresh: true });
    await runAlerts(store, [manyLogins, eachLogin], options());
    const [event] = await documentsOf(store, "events");
    expect(event?._source.alert_names).toEqual(["ManyLogins", "EachLogin"]);
    expect(event?._source.alerts).toHaveLength(2);
  });

  it("keeps what events hold under the names of the marks, whatever it is", async () => {
    const store = await openStore();
    await saveEvents(store, [login("a", { alert_names: "Old" })], { now: NOW, refresh: true, keepMarks: true });
    await runAlerts(store, [eachLogin], options());
    const [event] = await documentsOf(store, "events");
    expect(event?._source.alert_names).toEqual(["Old", "EachLogin"]);
  });

  it("alerts on silence at each slot, and not when there is an event", async () => {
    const store = await openStore();
    const [first] = await runAlerts(store, [noHeartbeat], options());
    const [again] = await runAlerts(store, [noHeartbeat], options());
    expect(again?.alerts[0]?._id).toBe(first?.alerts[0]?._id);
    expect(await documentsOf(store, "alerts")).toHaveLength(1);
    const later = new Date(NOW.getTime() + 60_000);
    expect((await runAlerts(store, [noHeartbeat], options({ now: later })))[0]?.alerts).toHaveLength(1);
    await saveEvents(store, [{ category: "heartbeat" }], { now: NOW, refresh: true });
    expect((await runAlerts(store, [noHeartbeat], options()))[0]?.alerts).toEqual([]);
  });
});

describe("a run that is done again", () => {
  it("does not make actions due again", async () => {
    const store = await openStore();
    const actions = { all: { kind: "never", registration: "*", send: () => undefined } };
    const [run] = await runAlerts(store, [noHeartbeat], options({ router: createRouter({ actions }) }));
    const [dispatch] = await documentsOf(store, "deliveries-*");
    const index = store.names.physical(dispatch?._index ?? "");
    await store.client.update({ index, id: dispatch?._id ?? "", doc: { status: "done" } });
    const [again] = await runAlerts(store, [noHeartbeat], options({ router: createRouter({ actions }) }));
    expect(again?.alerts).toEqual(run?.alerts);
    expect((await documentsOf(store, "deliveries-*")).map(({ _source }) => _source.status)).toEqual(["done"]);
  });
});

describe("failures", () => {
  it("skip an event whose hook throws, report it, and go on", async () => {
    const store = await openStore();
    await saveEvents(store, [login("bad"), login("good")], { now: NOW, refresh: true });
    const [run] = await runAlerts(store, [eachLogin], options());
    expect(run?.health).toBe("error");
    expect(run?.error?.message).toContain("this host is bad");
    expect(run?.alerts.map(({ _source }) => _source.summary)).toEqual(["login on good"]);
  });

  it("make a failed search an error, never silence", async () => {
    class Broken extends NoHeartbeat {
      override main() {
        const search = super.main();
        return { ...search, query: search.query.must(QueryStringMatch("a:b:c")) };
      }
    }
    class Missing extends AlertTask {
      main() {
        return eachEvent(SearchQuery().must(TermMatch("category", "x")), { indices: ["nowhere"] });
      }
    }
    const store = await openStore();
    // Without any event in the window the server has no need to read the broken query.
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    const runs = await runAlerts(store, [createTask(Broken), createTask(Missing), noHeartbeat], options());
    expect(runs.map(({ health, alerts }) => [health, alerts.length])).toEqual([
      ["error", 0],
      ["error", 0],
      ["ok", 1],
    ]);
    expect(runs[0]?.error).toMatchObject({ code: "STORE_SEARCH_FAILED" });
    expect(runs[1]?.error?.message).toContain("no such index");
  });

  it("that an alert reports are in its run, beside its alerts", async () => {
    class Reporting extends EachLogin {
      override onEvent(event: Hit, context?: HookContext) {
        context?.report("rule x cannot be read");
        return super.onEvent(event);
      }
    }
    const store = await openStore();
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    const [run] = await runAlerts(store, [createTask(Reporting)], options());
    expect(run).toMatchObject({ health: "error", error: { code: "ALERT_REPORTED" } });
    expect(run?.error?.message).toBe("Reporting: rule x cannot be read");
    expect(run?.alerts).toHaveLength(1);
  });

  it("end an alert that takes too long, not the others", async () => {
    class Slow extends NoHeartbeat {
      override onNoEvent(): never {
        return new Promise(() => undefined) as never;
      }
    }
    const store = await openStore();
    const runs = await runAlerts(store, [createTask(Slow), noHeartbeat], options({ timeoutMs: 20 }));
    expect(runs.map(({ error }) => error?.code)).toEqual(["ALERT_TIMEOUT", undefined]);
  });

  it("of the store are errors of every run", async () => {
    const store = await openStore();
    const client = store.client.child({});
    client.transport.request = () => Promise.reject(new Error("connection lost"));
    const runs = await runAlerts({ ...store, client }, [eachLogin, noHeartbeat], options());
    expect(runs.map(({ error }) => error?.code)).toEqual(["STORE_UNAVAILABLE", "STORE_UNAVAILABLE"]);
  });

  it("of one alert that the store refuses leave its events unmarked", async () => {
    class Refused extends EachLogin {}
    // A draft is checked; what a plugin makes of it is for the store to refuse.
    const spoil: AlertPlugin = {
      name: "spoil",
      registration: "refused",
      onMessage: (alert) => ({ ...alert, details: ["a list"] as unknown as Record<string, unknown> }),
    };
    const store = await openStore();
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    const [run, other] = await runAlerts(store, [createTask(Refused), eachLogin], options({ plugins: [spoil] }));
    expect(run).toMatchObject({ health: "error", alerts: [], error: { code: "STORE_WRITE_FAILED" } });
    expect(other?.alerts).toHaveLength(1);
    const [event] = await documentsOf(store, "events");
    expect(event?._source.alert_names).toEqual(["EachLogin"]);
    const [entry] = await documentsOf(store, "slots-*");
    const reason = expect.stringContaining("Cannot store an alert of Refused") as string;
    expect(entry?._source).toMatchObject({ status: "applied", health: "error", refused: [reason], unstored: [{}] });
  });
});

describe("plugins", () => {
  const plugin = (onMessage: AlertPlugin["onMessage"]): AlertPlugin => ({ name: "p", registration: "*", onMessage });

  it("change what is stored", async () => {
    const store = await openStore();
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    const plugins = [plugin((alert) => ({ ...alert, summary: `${alert.summary}!` }))];
    await runAlerts(store, [eachLogin], options({ plugins }));
    const [alert] = await documentsOf(store, "alerts");
    expect(alert?._source.summary).toBe("login on a!");
  });

  it("drop an alert: nothing is stored, its events count as alerted", async () => {
    const store = await openStore();
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    const [run] = await runAlerts(store, [eachLogin], options({ plugins: [plugin(() => null)] }));
    expect(run).toMatchObject({ health: "ok", alerts: [] });
    expect(await documentsOf(store, "alerts")).toEqual([]);
    const [event] = await documentsOf(store, "events");
    expect(event?._source.alert_names).toEqual(["EachLogin"]);
    expect(event?._source.alerts).toEqual([]);
  });

  it("that take too long cost the alert its run: it is made by the next one", async () => {
    const store = await openStore();
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    const hanging = plugin(() => new Promise(() => undefined));
    const [run] = await runAlerts(store, [eachLogin], options({ plugins: [hanging], timeoutMs: 200 }));
    expect(run).toMatchObject({
      alerts: [],
      error: { code: "ALERT_TIMEOUT", message: expect.stringContaining("EachLogin (plugins)") },
    });
    const [again] = await runAlerts(store, [eachLogin], options());
    expect(again?.alerts).toHaveLength(1);
  });

  it("do not see alerts without events", async () => {
    const store = await openStore();
    const [run] = await runAlerts(store, [noHeartbeat], options({ plugins: [plugin(() => null)] }));
    expect(run?.alerts).toHaveLength(1);
  });
});

describe("requests", () => {
  it.each([
    { alerts: 2, searches: 1 },
    { alerts: 500, searches: 1 },
    { alerts: 1_200, searches: 4 },
  ])(
    "are a search for the first 100 and for each further 500 of $alerts quiet alerts, and one to record them",
    async ({ alerts, searches }) => {
      const store = await openStore();
      const seen = watchRequests(store);
      const tasks = Array.from({ length: alerts / 2 }, () => [eachLogin, manyLogins]).flat();
      const record = (results: readonly RunResult[]) => ({ health: "ok" as const, runs: results.length });
      await runAlerts(store, tasks, options({ record }));
      expect(seen.map(({ path }) => path)).toEqual([...Array.from({ length: searches }, () => "/_msearch"), "/_bulk"]);
      const entries = await documentsOf(store, "slots-*");
      expect(entries.map(({ _source }) => _source)).toMatchObject([{ type: "asked", runs: alerts }]);
    },
  );

  it.each([
    ["M:1", manyLogins, 1, 6],
    ["1:1", eachLogin, 1_000, 5],
  ])("are few for an alert of 1,000 events, %s", async (_, task, alerts, most) => {
    const store = await openStore();
    await saveEvents(
      store,
      Array.from({ length: 1_000 }, () => login("a")),
      { now: NOW, refresh: true },
    );
    const seen = watchRequests(store);
    const [run] = await runAlerts(store, [task], options());
    expect(run?.alerts).toHaveLength(alerts);
    expect(seen.length).toBeLessThanOrEqual(most);
    expect(seen.filter(({ path }) => path.includes("_refresh"))).toEqual([]);
  });

  it("of a dry run change nothing", async () => {
    const store = await openStore();
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    const seen = watchRequests(store);
    const [run] = await runAlerts(store, [eachLogin], options({ dryRun: true }));
    expect(run?.alerts).toHaveLength(1);
    expect(seen.map(({ path }) => path)).toEqual(["/_msearch", "/_msearch"]);
  });
});

describe("state", () => {
  class Counting extends AlertTask {
    main() {
      return eachEvent(SearchQuery({ minutes: 10 }).must(TermMatch("hostname", "a")));
    }
    async onEvent(_: unknown, { state }: Parameters<NonNullable<AlertTask["onEvent"]>>[1]) {
      const { count = 0 } = ((await state.get("localities", "counter")) ?? {}) as { count?: number };
      state.put("localities", "counter", { count: count + 1 });
      return null;
    }
  }

  it("is read as written within a run, and stored with it", async () => {
    const store = await openStore();
    await saveEvents(store, [login("a"), login("a")], { now: NOW, refresh: true });
    await runAlerts(store, [createTask(Counting)], options());
    await runAlerts(store, [createTask(Counting)], options());
    const [document] = await documentsOf(store, "localities");
    expect(document).toMatchObject({ _id: "counter", _source: { count: 4 } });
  });

  it.each([
    ["localities", ["localities"], null],
    ["localities-2026", ["localities"], null],
    ["localities", undefined, null],
    ["localities", ["watchlist"], "one of the indices that its pack declares: watchlist"],
    ["localities", [], "it declares none"],
    ["mozdefstate", undefined, "not the service's own"],
    ["events", undefined, "not the service's own"],
    ["slots-20170101", ["slots-20170101"], "one of the indices"],
  ])("in %s, by an alert of a pack that declares %j, is stored or is its failure", async (index, indices, reason) => {
    class Keeping extends Counting {
      override async onEvent(_: unknown, { state }: Parameters<NonNullable<AlertTask["onEvent"]>>[1]) {
        state.put(index, "kept", { kept: true });
        return Promise.resolve(null);
      }
    }
    const store = await openStore();
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    const services = options();
    const host = inProcessHost({ store, services, tasks: new Map([["x", createTask(Keeping)]]) });
    const [run] = await runHosted(store, host, [{ id: "x", name: "Keeping", indices }], services);
    const [kept] = (await documentsOf(store, `${store.names.prefix}*`)).filter(({ _id }) => _id === "kept");
    if (reason === null) expect([run?.health, kept?._index]).toEqual(["ok", index]);
    else {
      expect(kept).toBeUndefined();
      expect(run?.error).toMatchObject({ code: "ALERT_STATE_FOREIGN", message: expect.stringContaining(reason) });
    }
  });

  it("is not stored when a search failed", async () => {
    class Failing extends Counting {
      override main() {
        return [super.main(), eachEvent(SearchQuery().must(QueryStringMatch("a:b:c")))] as never;
      }
    }
    const store = await openStore();
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    const [run] = await runAlerts(store, [createTask(Failing)], options());
    expect(run?.health).toBe("error");
    expect(await documentsOf(store, "localities")).toEqual([]);
  });
});
