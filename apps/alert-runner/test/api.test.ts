import { errors } from "@elastic/elasticsearch";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { brokenPack, doorPack, silencePack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

const door = (summary: string) => ({ category: "door", summary });
const knock = { category: "knock", hostname: "gate", summary: "knock" };

const withAlerts = async () => {
  const service = await testService({ packs: [doorPack, brokenPack] });
  await service.save(door("front door"), knock, knock, knock);
  await service.tickAt("2026-01-01T00:01:00Z");
  await service.save(door("back door"));
  await service.tickAt("2026-01-01T00:02:00Z");
  const list = async (query = "") => (await service.call({ url: `/api/alerts${query}` })).body;
  /** The path of the newest alert that fits. */
  const newest = async (query = "") => `/api/alerts/${(await list(query)).alerts[0]?._id ?? "none"}`;
  return { ...service, list, newest };
};

describe("GET /api/alerts", () => {
  it("lists alerts, newest first, without the sources of their events", async () => {
    const { list } = await withAlerts();
    const { total, alerts, severities, categories } = await list();
    expect(total).toBe(3);
    expect(alerts[0]).toMatchObject({
      _id: expect.any(String),
      _index: "alerts-202601",
      _source: { summary: "back door", status: "manual", eventCount: 1 },
    });
    expect(alerts[0]?._source).not.toHaveProperty("events");
    expect(severities).toEqual([
      { value: "CRITICAL", count: 2 },
      { value: "NOTICE", count: 1 },
    ]);
    expect(categories).toHaveLength(2);
  });

  it.each([
    ["?size=1", 3, 1],
    ["?from=2&size=2", 3, 1],
    ["?severity=NOTICE", 1, 1],
    ["?severity=NOTICE&severity=CRITICAL", 3, 3],
    ["?category=door", 2, 2],
    ["?text=BACK", 1, 1],
    ["?text=fron%20door", 1, 1],
    [`?text=${"a".repeat(256)}`, 0, 0],
    ["?since=2026-01-01T00:01:30Z", 1, 1],
    ["?until=2026-01-01T00:01:30Z", 2, 2],
    ["?severity=ERROR", 0, 0],
  ])("%s", async (query, total, shown) => {
    const { list } = await withAlerts();
    const page = await list(query);
    expect([page.total, page.alerts.length]).toEqual([total, shown]);
  });

  it.each([
    `?text=${"0".repeat(1_000)}`,
    "?size=501",
    "?size=-1",
    "?from=x",
    "?from=9990",
    "?since=yesterday",
    "?severty=INFO",
    "?size=1.5",
  ])("refuses %s", async (query) => {
    const { call } = await testService({ packs: [doorPack] });
    const { status, body } = await call({ url: `/api/alerts${query}` });
    expect([status, body.error.code]).toEqual([400, "PARAMETER_INVALID"]);
    const key = /\w+/.exec(query)?.[0] ?? "";
    expect(body.error.message).toContain(key);
  });
});

describe("one alert", () => {
  it("is shown whole, acknowledged, and taken back", async () => {
    const { call, list, newest } = await withAlerts();
    const url = await newest("?category=knock");
    expect((await call({ url })).body._source.events).toHaveLength(3);

    const acked = await call({ method: "POST", url: `${url}/acknowledge`, json: { by: "ann" } });
    expect(acked.body._source).toMatchObject({
      status: "acknowledged",
      acknowledged: "2026-01-01T00:02:00+00:00",
      acknowledgedby: "ann",
    });
    expect((await list("?status=acknowledged")).total).toBe(1);
    expect((await call({ url })).body._source).toMatchObject({ acknowledgedby: "ann" });

    const undone = await call({ method: "POST", url: `${url}/acknowledge`, json: { undo: true } });
    expect(undone.body._source.status).toBe("manual");
    expect(undone.body._source.acknowledged ?? null).toBeNull();
  });

  it("keeps its place in the list", async () => {
    const { save, tickAt, call, list } = await withAlerts();
    await save(door("left"), door("middle"), door("right"));
    await tickAt("2026-01-01T00:03:00Z");
    const before = (await list()).alerts.map(({ _id }) => _id);
    await call({ method: "POST", url: `/api/alerts/${before[0] ?? ""}/acknowledge` });
    expect((await list()).alerts.map(({ _id }) => _id)).toEqual(before);
  });

  it("is acknowledged by anonymous when nobody says who", async () => {
    const { call, newest } = await withAlerts();
    const { body } = await call({ method: "POST", url: `${await newest()}/acknowledge` });
    expect(body._source.acknowledgedby).toBe("anonymous");
  });

  it("is closed with a reason, opened again, assigned and talked about", async () => {
    const { call, list, newest } = await withAlerts();
    const url = await newest("?category=knock");
    const post = async (path: string, json: object) => {
      const { status, body } = await call({ method: "POST", url: `${url}/${path}`, json });
      expect(status).toBe(200);
      return body._source;
    };
    await post("assign", { assignee: "ann", by: "bob" });
    await post("comments", { text: "<b>looks like a test</b>", by: "ann" });
    await post("links", { url: "https://example.org/t/1", title: "ticket", by: "ann" });
    const at = "2026-01-01T00:02:00+00:00";
    expect(await post("close", { reason: "benign", comment: "it was", by: "ann" })).toMatchObject({
      ...{ status: "closed", assignee: "ann", closedat: at, closedby: "ann", closereason: "benign" },
      comments: [
        { at, by: "ann", text: "<b>looks like a test</b>" },
        { at, by: "ann", text: "it was" },
      ],
      links: [{ at, by: "ann", url: "https://example.org/t/1", title: "ticket" }],
    });
    const totals = async () =>
      Promise.all(
        ["open=true", "open=false", "assignee=ann", "assignee=bob", "closereason=benign"].map(
          async (query) => (await list(`?${query}`)).total,
        ),
      );
    expect(await totals()).toEqual([2, 1, 1, 0, 1]);
    expect((await list("?open=false")).alerts[0]?._source).not.toHaveProperty("comments");
    expect(await post("reopen", { by: "bob" })).toMatchObject({ status: "manual", closereason: null });
    expect(await totals()).toEqual([3, 0, 1, 0, 0]);
    const { history } = (await call({ url })).body._source;
    expect(
      (history as readonly { readonly by: string; readonly action: string }[]).map(({ by, action }) => [by, action]),
    ).toEqual([
      ["bob", "assign"],
      ["ann", "comment"],
      ["ann", "link"],
      ["ann", "close"],
      ["ann", "comment"],
      ["bob", "reopen"],
    ]);
  });

  it("that was changed a thousand times says so", async () => {
    const { call, newest, opened } = await withAlerts();
    const url = await newest();
    const index = opened.store.names.physical("alerts-202601");
    const history = Array.from({ length: 1_000 }, () => ({ by: "ann", action: "comment" }));
    await opened.store.client.update({ index, id: url.split("/").at(-1) ?? "", doc: { history }, refresh: true });
    const { status, body } = await call({ method: "POST", url: `${url}/reopen` });
    expect([status, body._source.status]).toEqual([200, "manual"]);
    const refused = await call({ method: "POST", url: `${url}/acknowledge` });
    expect([refused.status, refused.body.error.code]).toEqual([409, "STORE_HISTORY_FULL"]);
  });

  it("is told of when it is acknowledged or closed, and changed whatever comes of that", async () => {
    const notices: unknown[] = [];
    const service = await testService({
      packs: [doorPack],
      onAlertChanged: ({ alert, event, by, at }) => {
        notices.push([alert._source.status, event, by, at.toISOString().slice(11, 19)]);
        throw new Error("nobody there");
      },
    });
    await service.save(door("front door"));
    await service.tickAt("2026-01-01T00:01:00Z");
    const id = (await service.call({ url: "/api/alerts" })).body.alerts[0]?._id ?? "";
    const post = async (path: string, json: object) =>
      (await service.call({ method: "POST", url: `/api/alerts/${id}/${path}`, json })).status;
    const changes: readonly (readonly [string, object])[] = [
      ["comments", { text: "x" }],
      ["status", { status: "inProgress" }],
      ["acknowledge", { by: "ann" }],
      ["acknowledge", { by: "bob" }],
      ["assign", { assignee: "ann" }],
      ["close", { reason: "truePositive", by: "bob" }],
      ["close", { reason: "benign", by: "bob" }],
      ["reopen", {}],
      ["status", { status: "closed", by: "eve" }],
    ];
    for (const [path, json] of changes) {
      service.clock.set(new Date(service.clock.now().getTime() + 1_000).toISOString());
      expect(await post(path, json)).toBe(200);
    }
    // What is said once more is told as it was: whoever was not answered does not know whether it was told.
    expect(notices).toEqual([
      ["acknowledged", "acknowledge", "ann", "00:01:03"],
      ["acknowledged", "acknowledge", "ann", "00:01:03"],
      ["closed", "resolve", "bob", "00:01:06"],
      ["closed", "resolve", "bob", "00:01:06"],
      ["closed", "resolve", "eve", "00:01:09"],
    ]);
  });

  it.each(["manual", "inProgress", "acknowledged", "escalated", "closed"])("can become %s", async (status) => {
    const { call, newest } = await withAlerts();
    const { body } = await call({ method: "POST", url: `${await newest()}/status`, json: { status } });
    expect(body._source.status).toBe(status);
  });

  it.each([
    ["GET", "/api/alerts/nope", undefined, 404, "ALERT_NOT_FOUND"],
    ["POST", "/api/alerts/nope/acknowledge", {}, 404, "ALERT_NOT_FOUND"],
    ["POST", "/api/alerts/nope/acknowledge", { undo: "yes" }, 400, "PARAMETER_INVALID"],
    ["POST", "/api/alerts/nope/acknowledge", { who: "ann" }, 400, "PARAMETER_INVALID"],
    ["POST", "/api/alerts/nope/status", { status: "done" }, 400, "PARAMETER_INVALID"],
    ["POST", "/api/alerts/nope/status", undefined, 400, "PARAMETER_INVALID"],
    ["POST", "/api/alerts/nope/close", { reason: "benign" }, 404, "ALERT_NOT_FOUND"],
    ["POST", "/api/alerts/nope/close", { reason: "resolved" }, 400, "PARAMETER_INVALID"],
    ["POST", "/api/alerts/nope/reopen", {}, 404, "ALERT_NOT_FOUND"],
    ["POST", "/api/alerts/nope/assign", { assignee: "ann" }, 404, "ALERT_NOT_FOUND"],
    ["POST", "/api/alerts/nope/comments", { text: "x" }, 404, "ALERT_NOT_FOUND"],
    ["POST", "/api/alerts/nope/links", { url: "https://example.org", title: "x" }, 404, "ALERT_NOT_FOUND"],
    ["POST", "/api/alerts/nope/links", { url: "javascript:x", title: "x" }, 400, "PARAMETER_INVALID"],
    ["GET", "/api/alerts/%E0%A4", undefined, 400, "REQUEST_INVALID"],
    ["GET", "/nope", undefined, 404, "ROUTE_NOT_FOUND"],
    ["DELETE", "/api/alerts/x", undefined, 405, "METHOD_NOT_ALLOWED"],
  ] as const)("%s %s %j is %i %s", async (method, url, json, status, code) => {
    const { call } = await testService({ packs: [doorPack] });
    const answer = await call({ method, url, json });
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});

describe("schedules and runs", () => {
  it("shows each alert with its schedule and what came of its last run", async () => {
    const { call } = await withAlerts();
    const { schedules } = (await call({ url: "/api/schedules" })).body;
    expect(schedules.map(({ name }) => name)).toEqual(["AlertBroken", "AlertDoor", "AlertKnocks"]);
    expect(schedules[0]).toMatchObject({ enabled: true, schedule: "60.0 seconds", lastRun: { health: "error" } });
    expect(schedules[1]).toMatchObject({
      lastSlot: "2026-01-01T00:02:00+00:00",
      nextSlot: "2026-01-01T00:03:00+00:00",
      runs: 2,
      lastRun: { health: "ok", hits: 1 },
    });
  });

  it("shows every run", async () => {
    const { call, opened } = await withAlerts();
    await opened.store.client.indices.refresh({ index: opened.store.names.physical("slots-*") });
    const { runs } = (await call({ url: "/api/runs" })).body;
    expect(runs).toHaveLength(6);
    expect(runs[0]).toMatchObject({ slot: "2026-01-01T00:02:00+00:00" });
    const failed = (await call({ url: "/api/runs?health=error" })).body.runs;
    expect(failed.map(({ alert }) => alert)).toEqual(["AlertBroken", "AlertBroken"]);
    const doors = (await call({ url: "/api/runs?alert=AlertDoor&ticks=1" })).body.runs;
    expect(doors).toMatchObject([{ alert: "AlertDoor", hits: 1, alerts: [expect.any(String)], errors: [] }]);
  });

  it("runs an alert at once when asked", async () => {
    const { call } = await testService({ packs: [silencePack] });
    const { status, body } = await call({ method: "POST", url: "/api/schedules/AlertSilence/run" });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      alert: "AlertSilence",
      slot: "2026-01-01T00:00:30+00:00",
      alerts: [expect.any(String)],
    });
  });

  it("changes schedule and enabled for good", async () => {
    const service = await testService({ packs: [silencePack] });
    const { status, body } = await service.call({
      method: "PATCH",
      url: "/api/schedules/AlertSilence",
      json: { enabled: false, schedule: { crontab: { minute: "*/5" } }, by: "ann" },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ enabled: false, schedule: "*/5 * * * *", changed: true, modifiedby: "ann" });
    const { states } = await service.restarted();
    expect(states[0]?.setting).toMatchObject({ enabled: false, schedule: { minute: "*/5" }, modifiedby: "ann" });

    const back = await service.call({ method: "PATCH", url: "/api/schedules/AlertSilence", json: { schedule: null } });
    expect(back.body).toMatchObject({ enabled: false, schedule: "60.0 seconds", changed: false });
    const changes = await service.call({ url: "/api/schedules/AlertSilence/changes" });
    expect(changes.body).toEqual({
      changes: [
        { at: "2026-01-01T00:00:30+00:00", by: "anonymous", schedule: null },
        { at: "2026-01-01T00:00:30+00:00", by: "ann", enabled: false, schedule: "*/5 * * * *" },
      ],
    });
  });

  it.each([
    ["AlertNope", { enabled: true }, 404, "SCHEDULE_NOT_FOUND"],
    ["AlertSilence", {}, 400, "PARAMETER_INVALID"],
    ["AlertSilence", { enabled: "yes" }, 400, "PARAMETER_INVALID"],
    ["AlertSilence", { schedule: "* * * * *" }, 400, "PARAMETER_INVALID"],
    ["AlertSilence", { schedule: { crontab: { minute: "99" } } }, 400, "SCHEDULE_INVALID"],
    ["AlertSilence", { schedule: { interval: { seconds: 0 } } }, 400, "SCHEDULE_INVALID"],
    ["AlertSilence", { schedule: { crontab: { minute: "1,,2" } } }, 400, "SCHEDULE_INVALID"],
    ["AlertSilence", { schedule: { crontab: { minute: "H" } } }, 400, "SCHEDULE_INVALID"],
    ["AlertSilence", { schedule: { crontab: { dayOfMonth: 31, monthOfYear: 2 } } }, 400, "SCHEDULE_INVALID"],
    ["AlertSilence", { schedule: { crontab: { timezone: "Mars/Olympus" } } }, 400, "SCHEDULE_INVALID"],
    ["AlertSilence", { schedule: { crontab: { timezone: "x".repeat(60_000) } } }, 400, "PARAMETER_INVALID"],
    ["AlertSilence", { schedule: { crontab: { hour: Array<number>(30_000).fill(1) } } }, 400, "PARAMETER_INVALID"],
  ])("PATCH %s %j is %i %s", async (name, json, status, code) => {
    const { call } = await testService({ packs: [silencePack] });
    const answer = await call({ method: "PATCH", url: `/api/schedules/${name}`, json });
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it("refuses a crontab of 60 KB before it reads it", async () => {
    const { call, scheduler } = await testService({ packs: [silencePack] });
    const minute = `*,${Array<string>(30_000).fill("1").join(",")}`;
    const json = { schedule: { crontab: { minute } } };
    const { status, body } = await call({ method: "PATCH", url: "/api/schedules/AlertSilence", json });
    expect([status, body.error.code]).toEqual([400, "PARAMETER_INVALID"]);
    expect(body.error.message.length).toBeLessThan(1_000);
    expect(scheduler.states[0]?.setting).toEqual({});
  });

  it("runs an alert by the clocks of a time zone", async () => {
    const { call } = await testService({ packs: [silencePack] });
    const json = { schedule: { crontab: { minute: [0, 30], hour: 9, timezone: "Europe/Berlin" } } };
    const { body } = await call({ method: "PATCH", url: "/api/schedules/AlertSilence", json });
    expect(body).toMatchObject({
      schedule: "0,30 9 * * * Europe/Berlin",
      timezone: "Europe/Berlin",
      nextSlot: "2026-01-01T08:00:00+00:00",
    });
  });

  it("says that the clock was set back", async () => {
    const { call, tickAt } = await testService({ packs: [silencePack] });
    const clock = async () => (await call({ url: "/status" })).body.clock;
    await tickAt("2026-01-01T02:01:00Z");
    expect(await clock()).toEqual({ setBack: null });
    await tickAt("2026-01-01T00:01:30Z");
    expect(await clock()).toEqual({ setBack: { at: "2026-01-01T00:01:30.000Z", byMs: 7_170_000 } });
  });

  it("lists schedules as MozDef does", async () => {
    const { call } = await testService({ packs: [silencePack] });
    expect((await call({ url: "/alertschedules" })).body).toMatchObject({
      AlertSilence: { name: "AlertSilence", enabled: true, schedule_type: "interval", schedule_str: "60.0 seconds" },
    });
  });
});

describe("the service itself", () => {
  it("says how it is", async () => {
    const { call } = await withAlerts();
    const { status, body } = await call({ url: "/status" });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: "degraded",
      service: "alert-runner",
      store: { ok: true },
      alerts: { loaded: 3, enabled: 3, failing: ["AlertBroken"] },
      slots: { failed: 2, late: 0, lagMs: 0, behind: 0 },
      problems: [{ code: "ALERTS_FAILING", names: ["AlertBroken"] }],
    });
  });

  it("says when its store is away", async () => {
    const { call, opened } = await testService({ packs: [doorPack] });
    vi.spyOn(opened.store.client.cluster, "health").mockRejectedValue(new Error("connect ECONNREFUSED"));
    const { status, body } = await call({ url: "/status" });
    expect([status, body.status, body.store.error]).toEqual([503, "error", "connect ECONNREFUSED"]);
  });

  it("is ok for a credential that may not see the health of the cluster, as long as the store can be searched", async () => {
    const { call, opened } = await testService({ packs: [doorPack] });
    const forbidden = Object.assign(Object.create(errors.ResponseError.prototype) as Error, {
      meta: { statusCode: 403 },
    });
    vi.spyOn(opened.store.client.cluster, "health").mockRejectedValue(forbidden);
    const { status, body } = await call({ url: "/status" });
    expect([status, body.store.ok, body.store.error]).toEqual([200, true, null]);
  });

  it("counts for Prometheus", async () => {
    const { call } = await withAlerts();
    const { text } = await call({ url: "/metrics" });
    expect(text).toContain('mozdef_alert_runs_total{alert="AlertBroken",health="error"} 2');
    expect(text).toContain('mozdef_alerts_total{alert="AlertDoor"} 2');
  });

  it("answers whatever its store does", async () => {
    const { call, opened } = await testService({ packs: [doorPack] });
    vi.spyOn(opened.store.client.cluster, "health").mockReturnValue(new Promise(() => undefined) as never);
    expect(await call({ url: "/live" })).toMatchObject({ status: 200, body: { status: "ok" } });
  });

  it.each([
    ["PATCH", "/events", "POST, PUT"],
    ["DELETE", "/api/alerts/x", "GET, HEAD"],
    ["OPTIONS", "/status", "GET, HEAD"],
    ["POST", "/alerts/x", "GET, HEAD"],
  ] as const)("says which methods there are: %s %s", async (method, url, allow) => {
    const { call } = await testService({ packs: [doorPack] });
    const { status, body, headers } = await call({ method, url });
    expect([status, body.error.code, headers.allow]).toEqual([405, "METHOD_NOT_ALLOWED", allow]);
  });

  it.each([
    ["GET", "/api/alerts/"],
    ["DELETE", "/api/watchlist/"],
    ["POST", "/api/schedules//run"],
    ["GET", "/nowhere"],
  ] as const)("says that there is nothing: %s %s", async (method, url) => {
    const { call } = await testService({ packs: [doorPack] });
    const { status, body } = await call({ method, url });
    expect([status, body.error.code]).toEqual([404, "ROUTE_NOT_FOUND"]);
  });

  it("answers MozDef's test route", async () => {
    const { call } = await testService({ packs: [doorPack] });
    const { status, headers } = await call({ url: "/test" });
    expect([status, headers["x-ip"]]).toEqual([200, "127.0.0.1"]);
  });
});

describe("pages", () => {
  const webRoot = (): string => {
    const root = mkdtempSync(path.join(tmpdir(), "mozdef-web-"));
    mkdirSync(path.join(root, "assets"));
    writeFileSync(path.join(root, "index.html"), "<!doctype html><title>page</title>");
    writeFileSync(path.join(root, "favicon.svg"), "<svg/>");
    writeFileSync(path.join(root, "assets/app-1.js"), "1;");
    onTestFinished(() => rmSync(root, { recursive: true }));
    return root;
  };

  it.each(["/alerts", "/manage-alerts", "/alerts/", "/alerts/some-id", "/alerts/a%2Fb?x=1"])(
    "%s shows the page",
    async (url) => {
      const { call } = await testService({ packs: [doorPack], webRoot: webRoot() });
      const { status, text, headers } = await call({ url });
      expect([status, text]).toEqual([200, "<!doctype html><title>page</title>"]);
      expect(headers["content-security-policy"]).toContain("script-src 'self'");
      expect(headers["cache-control"]).toBe("no-cache");
    },
  );

  it("keeps the policy of a page when the browser has it already", async () => {
    const { call } = await testService({ packs: [doorPack], webRoot: webRoot() });
    const { headers } = await call({ url: "/alerts" });
    const again = await call({ url: "/alerts", headers: { "if-none-match": String(headers.etag) } });
    expect(again.status).toBe(304);
    expect(again.headers["content-security-policy"]).toBe(headers["content-security-policy"]);
  });

  it("serves assets for ever, and nothing outside", async () => {
    const { call } = await testService({ packs: [doorPack], webRoot: webRoot() });
    const asset = await call({ url: "/alerts/assets/app-1.js" });
    expect([asset.status, asset.text]).toEqual([200, "1;"]);
    expect(asset.headers["cache-control"]).toContain("immutable");
    expect((await call({ url: "/alerts/assets/none.js" })).status).toBe(404);
    expect((await call({ url: "/alerts/assets/..%2f..%2fpackage.json" })).text).not.toContain("dependencies");
  });

  it.each([
    ["/", "/alerts"],
    ["/alert/a%2Fb", "/alerts/a%2Fb"],
  ])("%s leads to %s", async (url, location) => {
    const { call } = await testService({ packs: [doorPack], webRoot: webRoot() });
    const { status, headers } = await call({ url });
    expect([status, headers.location]).toEqual([302, location]);
  });

  it("says when they are not built", async () => {
    const { call } = await testService({ packs: [doorPack] });
    const { status, body } = await call({ url: "/alerts" });
    expect([status, body.error.code]).toEqual([404, "PAGES_MISSING"]);
  });
});

describe("what no route takes", () => {
  it("is refused before its body is read", async () => {
    const { call } = await testService({ packs: [doorPack] });
    const broken = { payload: "{", headers: { "content-type": "application/json" } };
    const unknown = await call({ method: "POST", url: "/api/nothing", ...broken });
    expect([unknown.status, unknown.body.error.code]).toEqual([404, "ROUTE_NOT_FOUND"]);
    const wrong = await call({ method: "PATCH", url: "/api/alerts", ...broken });
    expect([wrong.status, wrong.headers.allow, wrong.body.error.code]).toEqual([
      405,
      "GET, HEAD",
      "METHOD_NOT_ALLOWED",
    ]);
  });

  it("is told so whatever the method", async () => {
    const { call } = await testService({ packs: [doorPack] });
    const { status, headers } = await call({ method: "QUERY", url: "/api/alerts" });
    expect([status, headers.allow]).toEqual([405, "GET, HEAD"]);
  });
});
