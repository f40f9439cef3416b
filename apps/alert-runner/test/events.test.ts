import { mozdefSource } from "@mozdef/alert";
import { describe, expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

const knock = (user: string) => ({ category: "knock", summary: `knock of ${user}`, details: { user } });

const withEvents = async () => {
  const sources = { archive: mozdefSource({ indices: ["events-201[12]*", "old-*"] }) };
  const service = await testService({ packs: [doorPack], config: { sources } });
  await service.save(knock("ann"), knock("bob"), knock("ann"), { category: "door", summary: "door" });
  const ask = async (url: string) => (await service.call({ url })).body as unknown;
  return { ...service, ask };
};

describe("GET /api/events", () => {
  it("finds events, with what they are", async () => {
    const { ask } = await withEvents();
    expect(await ask("/api/events?text=details.user%3Abob")).toEqual({
      total: 1,
      events: [
        {
          _id: expect.any(String),
          _index: "events-20260101",
          _source: expect.objectContaining({ summary: "knock of bob", details: { user: "bob" } }),
        },
      ],
    });
    expect(await ask("/api/events?size=1&from=2&text=category%3Aknock")).toMatchObject({ total: 3, events: [{}] });
    expect(await ask("/api/events?since=2026-01-02T00:00:00Z")).toEqual({ total: 0, events: [] });
  });

  it("looks into a source of the configuration", async () => {
    const { ask } = await withEvents();
    expect(await ask("/api/events?source=archive")).toEqual({ total: 0, events: [] });
    expect(await ask("/api/sources")).toEqual({
      sources: [
        { name: null, indices: ["events-*"], time: "utctimestamp" },
        { name: "archive", indices: ["events-201[12]*", "old-*"], time: "utctimestamp" },
      ],
    });
  });

  it.each([
    ["?source=__proto__", 404, "SOURCE_NOT_FOUND"],
    ["?source=nowhere", 404, "SOURCE_NOT_FOUND"],
    ["?text=category%3A(", 400, "STORE_QUERY_INVALID"],
    ["?from=9999&size=2", 400, "PARAMETER_INVALID"],
    ["?since=yesterday", 400, "PARAMETER_INVALID"],
    [`?text=${"a".repeat(2_001)}`, 400, "PARAMETER_INVALID"],
  ])("%s: %i %s", async (query, status, code) => {
    const { call } = await withEvents();
    const answer = await call({ url: `/api/events${query}` });
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});

it("counts events over time", async () => {
  const { ask } = await withEvents();
  const { buckets } = (await ask("/api/events-over-time?text=category%3Aknock")) as { buckets: { count: number }[] };
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(3);
});

it("says which fields there are, and what is in one", async () => {
  const { ask } = await withEvents();
  expect(await ask("/api/event-fields")).toMatchObject({
    fields: expect.arrayContaining([{ name: "details.user", types: ["keyword"] }]),
  });
  expect(await ask("/api/event-values?field=details.user&most=1")).toEqual({
    ...{ total: 4, having: 3, other: 1 },
    values: [{ value: "ann", count: 2 }],
  });
});

it("refuses to count a text", async () => {
  const { call } = await withEvents();
  expect((await call({ url: "/api/event-values?field=summary" })).status).toBe(400);
});
