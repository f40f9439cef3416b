import type { Backtest, Explanation } from "@mozdef/alert-api";
import { STATE_INDEX } from "@mozdef/alert-store";
import { inProcessHost, type ScheduledAlert } from "@mozdef/alert-engine";
import { describe, expect, it } from "vitest";
import { backtestAlert } from "../src/analysis/backtest-alert.ts";
import { brokenPack, doorPack, silencePack } from "./support/alerts.ts";
import { type TestService, testService } from "./support/test-service.ts";

const at = (time: string) => `2026-01-01T${time}Z`;

/** A service at six in the morning; events come when they happen. */
const setUp = async (packs = [doorPack]) => {
  const service = await testService({ packs });
  const happen = async (time: string, ...events: object[]) => {
    service.clock.set(at(time));
    await service.save(...events.map((event) => ({ utctimestamp: at(time), ...event })));
  };
  const post = (path: string, json: object = {}) =>
    service.call({ method: "POST", url: `/api/schedules/${path}`, json });
  const explain = async (name: string, json?: object) => {
    const { status, body } = await post(`${name}/explain`, json);
    return { status, body: body as unknown as Explanation };
  };
  const backtest = async (name: string, json?: object) => {
    const { status, body } = await post(`${name}/backtest`, json);
    return { status, body: body as unknown as Backtest };
  };
  return { ...service, happen, post, explain, backtest };
};

const knock = { category: "knock", hostname: "a", summary: "knock" };

describe("/api/schedules/{name}/explain", () => {
  it("says how near the groups are, and what keeps events out", async () => {
    const { happen, explain } = await setUp();
    await happen("06:00:00", knock, knock, { ...knock, category: "ring" });
    const { status, body } = await explain("AlertKnocks");
    expect(status).toBe(200);
    expect(body).toMatchObject({ alert: "AlertKnocks", at: "2026-01-01T06:00:00+00:00", moreSearches: 0, errors: [] });
    expect(body.searches).toMatchObject([
      {
        ...{ fires: false, silence: "no group reaches the threshold" },
        queries: [{ looked: 3, matching: 2 }],
        groups: { fields: ["hostname"], firing: 0, nearest: [{ value: "a", text: "2 of 3, 1 missing" }] },
      },
    ]);
    const [search] = body.searches;
    expect(search?.queries[0]?.clauses).toContainEqual(
      expect.objectContaining({ part: "must", passes: 2, losesAlone: 1, depth: 0, reason: null }),
    );
    expect(search?.nearMisses).toMatchObject([
      { summary: "knock", failing: [{ part: "must", reason: expect.stringContaining("ring") }] },
    ]);
  });

  it("says that it has alerted already, and did not before", async () => {
    const { happen, explain, tickAt } = await setUp();
    await happen("06:00:00", { category: "door", summary: "open" });
    await tickAt(at("06:01:00"));
    const { body } = await explain("AlertDoor");
    expect(body.searches).toMatchObject([
      { fires: false, alreadyAlerted: 1, nearMisses: [{ failing: [{ part: "runtime" }] }] },
    ]);
    const before = await explain("AlertDoor", { at: at("05:00:00") });
    expect(before.body.searches).toMatchObject([{ silence: "no event fits", nearMisses: [] }]);
  });

  it("says of one event why it does not fit, and when it is not there", async () => {
    const { happen, explain, post } = await setUp();
    await happen("06:00:00", { ...knock, category: "ring" });
    const { body } = await explain("AlertDoor");
    const [miss] = body.searches[0]?.nearMisses ?? [];
    const event = { index: miss?.index, id: miss?.id };
    const one = await explain("AlertDoor", { event });
    expect(one.body.searches).toMatchObject([{ fires: false, queries: [{ looked: 1, matching: 0 }], nearMisses: [] }]);
    expect(one.body.searches[0]?.queries[0]?.clauses.flatMap(({ reason }) => reason ?? [])).toEqual([
      expect.stringContaining("ring"),
    ]);
    for (const wrong of [
      { ...event, id: "none" },
      { ...event, index: STATE_INDEX },
      { ...event, index: "events-20200101" },
    ])
      expect(await post("AlertDoor/explain", { event: wrong })).toMatchObject({
        status: 404,
        body: { error: { code: "EVENT_NOT_FOUND" } },
      });
  });

  it("says what fails in the alert itself", async () => {
    const { explain } = await setUp([brokenPack]);
    const { status, body } = await explain("AlertBroken");
    expect([status, body]).toMatchObject([
      200,
      { searches: [], errors: [{ code: "ALERT_FAILED", message: expect.stringContaining("third party") }] },
    ]);
  });
});

describe("/api/schedules/{name}/backtest", () => {
  it("counts the alerts of each hour, whatever has alerted, and stores nothing", async () => {
    const { happen, backtest, tickAt, call } = await setUp();
    await happen("03:10:00", { category: "door", summary: "first" });
    await tickAt(at("03:11:00"));
    await happen("05:20:00", { category: "door", summary: "second" }, { category: "door", summary: "third" });
    await happen("06:00:00");
    const { status, body } = await backtest("AlertDoor", { from: at("03:00:00") });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ from: "2026-01-01T03:00:00+00:00", until: "2026-01-01T06:00:00+00:00" },
      ...{ slots: 180, alerts: 3, added: 0, errors: [], cut: null, keepsState: false },
    });
    expect(body.hours.map(({ from, alerts }) => [from.slice(11, 13), alerts])).toEqual([
      ...[
        ["03", 1],
        ["04", 0],
        ["05", 2],
        ["06", 0],
      ],
    ]);
    expect(body.samples.map(({ summary }) => summary).sort()).toEqual(["first", "second", "third"]);
    expect(body.samples.at(-1)).toEqual({ slot: "2026-01-01T03:10:00+00:00", severity: "CRITICAL", summary: "first" });
    expect((await call({ url: "/api/alerts" })).body.total).toBe(1);
  });

  it("takes the last day by itself", async () => {
    const { happen, backtest } = await setUp([silencePack]);
    await happen("00:30:00");
    const { body } = await backtest("AlertSilence", { until: at("00:10:00") });
    expect(body).toMatchObject({ from: "2025-12-31T00:10:00+00:00", slots: 1_440, alerts: 1_440 });
    expect([body.hours.length, body.samples.length]).toEqual([25, 20]);
  });

  it("tells what fails, once", async () => {
    const { happen, backtest } = await setUp([brokenPack]);
    await happen("00:30:00");
    const { body } = await backtest("AlertBroken", { from: at("00:00:00") });
    expect(body).toMatchObject({ slots: 30, hours: [{ failed: 30 }], errors: [{ code: "ALERT_FAILED" }] });
  });

  it.each([
    ["AlertNone", {}, 404, "SCHEDULE_NOT_FOUND"],
    ["AlertDoor", { from: at("07:00:00") }, 400, "PARAMETER_INVALID"],
    ["AlertDoor", { until: at("07:00:00") }, 400, "PARAMETER_INVALID"],
    ["AlertDoor", { from: "2025-12-01T00:00:00Z" }, 400, "PARAMETER_INVALID"],
    ["AlertDoor", { from: "yesterday" }, 400, "PARAMETER_INVALID"],
  ])("refuses %s with %j", async (name, json, status, code) => {
    const { happen, post } = await setUp();
    await happen("06:00:00");
    expect(await post(`${name}/backtest`, json)).toMatchObject({ status, body: { error: { code } } });
  });

  const limited = async ({ opened, scheduler, clock }: TestService, limits: object) => {
    const silent = () => undefined;
    const state = scheduler.state("AlertDoor") as ScheduledAlert;
    const host = inProcessHost({
      store: opened.store,
      services: {
        log: { debug: silent, info: silent, warn: silent, error: silent },
        dns: { reverse: () => Promise.resolve(null) },
        fetch,
      },
      tasks: new Map([["AlertDoor", state.alert.task]]),
    });
    return backtestAlert({
      ...{ store: opened.store, host, state, now: clock.now(), signal: new AbortController().signal },
      exceptions: { of: () => [] },
      limits: { runMs: 5_000, runAlerts: 1_000 },
      ...limits,
    });
  };

  it("ends when it takes too long, and with too many slots keeps the newest; it says so", async () => {
    const service = await setUp();
    await service.happen("06:00:00");
    expect(await limited(service, { from: new Date(at("03:00:00")), budgetMs: -1 })).toMatchObject({
      ...{ slots: 1, cut: "time", until: "2026-01-01T03:01:00+00:00" },
    });
    expect(await limited(service, { mostSlots: 2 })).toMatchObject({
      ...{ slots: 2, cut: "slots", from: "2026-01-01T05:58:59.999000+00:00", until: "2026-01-01T06:00:00+00:00" },
    });
  });
});
