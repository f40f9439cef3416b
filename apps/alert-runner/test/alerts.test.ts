import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { brokenPack, doorPack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

const door = (summary: string, details: object = {}) => ({ category: "door", summary, details });
const knock = { category: "knock", hostname: "gate", summary: "knock" };

const withAlerts = async () => {
  const service = await testService({ packs: [doorPack, brokenPack] });
  await service.save(door("front door", { sourceipaddress: "192.0.2.7", username: "ann" }), knock, knock, knock);
  await service.tickAt("2026-01-01T00:01:00Z");
  await service.save(door('=cmd|"/C calc"!A0'));
  await service.tickAt("2026-01-01T00:02:00Z");
  const list = async (query = "") => (await service.call({ url: `/api/alerts${query}` })).body;
  return { ...service, list };
};

describe("a list of alerts", () => {
  it("is narrowed by what its events are about, by tag and by name, oldest first when asked", async () => {
    const { list } = await withAlerts();
    const [totals, oldest] = [
      await Promise.all(
        [
          "entity=192.0.2.7",
          "entity=ann",
          "entity=an",
          "entity=gate&entity=ann",
          "tag=nothing",
          "classname=nothing",
        ].map(async (query) => (await list(`?${query}`)).total),
      ),
      await list("?order=oldest&category=door"),
    ];
    expect(totals).toEqual([1, 1, 0, 2, 0, 0]);
    expect(oldest.alerts.map(({ _source }) => _source.summary)).toEqual(["front door", '=cmd|"/C calc"!A0']);
  });

  it("says what can be chosen: each kind of value narrowed by the others, not by itself", async () => {
    const { list } = await withAlerts();
    const { severities, categories, names, statuses } = await list("?category=door");
    expect(severities).toEqual([{ value: "CRITICAL", count: 2 }]);
    expect(categories).toEqual([
      { value: "door", count: 2 },
      { value: "knock", count: 1 },
    ]);
    expect([names.length, statuses]).toEqual([1, [{ value: "manual", count: 2 }]]);
  });
});

describe("GET /api/alerts/{id}/entities", () => {
  it("says whom and what an alert is about, and how many others are", async () => {
    const { call, list, save, tickAt } = await withAlerts();
    await save(door("side door", { sourceipaddress: "192.0.2.7", destinationport: 22 }));
    await tickAt("2026-01-01T00:03:00Z");
    const id = (await list("?text=side")).alerts[0]?._id ?? "";
    const { status, text } = await call({ url: `/api/alerts/${id}/entities` });
    const { entities } = JSON.parse(text) as { readonly entities: readonly object[] };
    expect([status, entities]).toEqual([
      200,
      [
        { kind: "ip", value: "192.0.2.7", alerts: 2 },
        { kind: "port", value: "22", alerts: 1 },
      ],
    ]);
    expect((await call({ url: "/api/alerts/nothing/entities" })).status).toBe(404);
  });
});

describe("GET /api/alerts-over-time", () => {
  it("counts alerts by severity without gaps, as far as the filter says", async () => {
    const { call } = await withAlerts();
    const over = async (query: string) => (await call({ url: `/api/alerts-over-time?${query}` })).body;
    const minutes = await over("since=2026-01-01T00:00:00Z&until=2026-01-01T00:03:59Z&buckets=4");
    expect(minutes).toEqual({
      intervalMs: 60_000,
      buckets: [
        { at: "2026-01-01T00:00:00+00:00", count: 0, severities: {} },
        { at: "2026-01-01T00:01:00+00:00", count: 2, severities: { CRITICAL: 1, NOTICE: 1 } },
        { at: "2026-01-01T00:02:00+00:00", count: 1, severities: { CRITICAL: 1 } },
        { at: "2026-01-01T00:03:00+00:00", count: 0, severities: {} },
      ],
    });
    const all = await over("severity=CRITICAL");
    expect(all.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect((await over("severity=nothing")).buckets).toEqual([]);
  });
});

describe("an export", () => {
  it("has every alert of the list as CSV, without formulas", async () => {
    const { app } = await withAlerts();
    const answer = await app.inject({ url: "/api/exports/alerts.csv?category=door" });
    expect(answer.headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="alerts.csv"',
    });
    const rows: Readonly<Record<string, string>>[] = parse(answer.body, { columns: true });
    expect(rows.map(({ summary }) => summary)).toEqual([`'=cmd|"/C calc"!A0`, "front door"]);
    expect(rows[1]).toMatchObject({ severity: "CRITICAL", status: "manual", eventCount: "1", assignee: "" });
  });

  it("has every alert of the list as JSON, one a line", async () => {
    const { app } = await withAlerts();
    const answer = await app.inject({ url: "/api/exports/alerts.ndjson" });
    const lines = answer.body
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly summary: string });
    expect(lines.map(({ summary }) => summary)).toHaveLength(3);
    expect((await app.inject({ url: "/api/exports/alerts.csv?size=1" })).statusCode).toBe(400);
  });
});

describe("POST /api/alert-changes", () => {
  it("changes each alert, and tells of those that it cannot change", async () => {
    const { call, list } = await withAlerts();
    const ids = (await list("?category=door")).alerts.map(({ _id }) => _id);
    const change = (json: object) => call({ method: "POST", url: "/api/alert-changes", json });
    const closed = await change({ ids: [...ids, "nothing"], change: { kind: "close", reason: "benign" }, by: "ann" });
    expect(closed.body).toEqual({
      changed: ids,
      failed: [{ id: "nothing", code: "ALERT_NOT_FOUND", message: expect.any(String) as string }],
    });
    expect((await list("?open=false")).total).toBe(2);
    await change({ ids, change: { kind: "assign", assignee: "bob" }, by: "ann" });
    expect((await list("?assignee=bob")).total).toBe(2);
    await change({ ids, change: { kind: "reopen" } });
    expect((await list("?open=true")).total).toBe(3);
  });

  it.each([
    { ids: [], change: { kind: "reopen" } },
    { ids: ["a"], change: { kind: "delete" } },
    { ids: ["a"], change: { kind: "status", status: "gone" } },
    { ids: Array.from({ length: 501 }, (_, index) => String(index)), change: { kind: "reopen" } },
  ])("refuses %j", async (json) => {
    const { call } = await testService({ packs: [doorPack] });
    expect((await call({ method: "POST", url: "/api/alert-changes", json })).status).toBe(400);
  });
});
