import { expect, it } from "vitest";
import { Random } from "../../test/random.ts";
import { EmbeddedSearch } from "../embedded-search.ts";

const DOCUMENTS = 3_000;

interface Event {
  readonly kind: string;
  readonly at?: number;
  readonly n: number;
}

/** In the order of time, but for some; several at one instant, and some without any. */
const eventsOf = (seed: number): readonly Event[] => {
  const random = new Random(seed);
  return Array.from({ length: DOCUMENTS }, (_, i) => ({
    kind: random.pick(["a", "b", "c"]),
    ...(random.below(20) > 0 && { at: random.below(50) === 0 ? random.below(3_000_000) : 1_000 * (i >> 2) }),
    n: random.below(200) - 100,
  }));
};

const properties = {
  kind: { type: "keyword" },
  at: { type: "date", format: "epoch_millis" },
  n: { type: "long" },
  always: { type: "keyword" },
};

type Asked = (body: object) => Promise<{
  readonly hits: { readonly total: { readonly value: number }; readonly hits: readonly { readonly _id: string }[] };
  readonly aggregations: Readonly<Record<string, object>>;
}>;

const storeOf = async (events: readonly Event[]): Promise<Asked> => {
  const store = new EmbeddedSearch();
  const call = async (method: string, path: string, body: string, querystring = ""): Promise<unknown> =>
    JSON.parse((await store.handle({ method, path, querystring, body })).body) as unknown;
  await call("PUT", "/events", JSON.stringify({ mappings: { properties } }));
  const lines = events.map((event, i) => `{"index":{"_id":"${i}"}}\n${JSON.stringify({ ...event, always: "x" })}\n`);
  await call("POST", "/events/_bulk", lines.join(""), "refresh=true");
  return (body) => call("POST", "/events/_search", JSON.stringify(body)) as ReturnType<Asked>;
};

const idsOf = (hits: readonly { readonly _id: string }[]): readonly string[] => hits.map(({ _id }) => _id);

const expectedIds = (events: readonly Event[], sign: 1 | -1): readonly string[] =>
  [...events.keys()]
    .filter((i) => events[i]?.kind === "a")
    .sort((i, j) => {
      const [a, b] = [events[i]?.at, events[j]?.at];
      if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined) || i - j;
      return sign * (a - b) || i - j;
    })
    .map(String);

it.each([1, 2, 3])(
  "finds the latest and the earliest hits, equal ones in the order of their places (%i)",
  async (seed) => {
    const events = eventsOf(seed);
    const ask = await storeOf(events);
    const query = { term: { kind: "a" } };
    for (const [order, sign] of [
      ["desc", -1],
      ["asc", 1],
    ] as const)
      for (const size of [1, 10, 700])
        for (const limit of [10, true]) {
          const body = { query, size, sort: [{ at: order }], track_total_hits: limit };
          const expected = expectedIds(events, sign);
          const { hits } = await ask(body);
          expect(idsOf(hits.hits)).toEqual(expected.slice(0, size));
          expect(hits.total.value).toBe(limit === true ? expected.length : 10);
        }
  },
);

it("shows the first documents of each bucket where all have the same score, and counts them all", async () => {
  const events = eventsOf(4);
  const ask = await storeOf(events);
  const aggs = { k: { terms: { field: "kind" }, aggs: { h: { top_hits: { size: 2, _source: false } } } } };
  const { aggregations } = await ask({ size: 0, aggs });
  const { buckets } = aggregations.k as {
    readonly buckets: readonly { readonly key: string; readonly h: Awaited<ReturnType<Asked>> }[];
  };
  expect(buckets.map(({ key }) => key).sort()).toEqual(["a", "b", "c"]);
  for (const { key, h } of buckets) {
    const ids = [...events.keys()].filter((i) => events[i]?.kind === key);
    expect(idsOf(h.hits.hits)).toEqual(ids.slice(0, 2).map(String));
    expect(h.hits).toMatchObject({ total: { value: ids.length }, max_score: 1 });
  }
});

/** Every document matches both; only the first is known to, and takes whole columns. */
const QUERIES = [{ match_all: {} }, { term: { always: "x" } }] as const;

it.each([
  { percentiles: { field: "n", percents: [0, 1, 33.3, 50, 99, 100] } },
  { percentiles: { field: "at" } },
  { percentile_ranks: { field: "n", values: [-100, -3, 0, 42] } },
  { histogram: { field: "n", interval: 7 } },
  { histogram: { field: "n", interval: 0.5, offset: 0.25, min_doc_count: 1 } },
  { histogram: { field: "n", interval: 10, hard_bounds: { min: -20, max: 30 } } },
  { histogram: { field: "n", interval: 1e-9, min_doc_count: 1 } },
  { histogram: { field: "n", interval: 10, missing: 5 } },
  { date_histogram: { field: "at", calendar_interval: "minute" } },
  { date_histogram: { field: "at", fixed_interval: "7s", offset: "3s", min_doc_count: 1 } },
  { date_histogram: { field: "at", fixed_interval: "1d", time_zone: "Asia/Kathmandu" } },
  { date_histogram: { field: "at", fixed_interval: "90s", hard_bounds: { min: 100_000, max: 400_000 } } },
  { date_histogram: { field: "n", fixed_interval: "20ms" } },
  { range: { field: "n", ranges: [{ to: -50 }, { from: -60, to: 60 }, { from: 60 }] } },
])("answers the same of whole columns as of documents one by one: %j", async (aggregation) => {
  const ask = await storeOf(eventsOf(5));
  const [whole, each] = await Promise.all(QUERIES.map((query) => ask({ size: 0, query, aggs: { it: aggregation } })));
  expect(whole?.aggregations).toBeDefined();
  expect(whole?.aggregations).toEqual(each?.aggregations);
});
