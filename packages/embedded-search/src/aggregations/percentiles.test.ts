import { describe, expect, it } from "vitest";
import { EmbeddedSearch } from "../index.ts";

const DOCUMENTS = 5000;

const store = async (): Promise<EmbeddedSearch> => {
  const made = new EmbeddedSearch();
  const lines = Array.from({ length: DOCUMENTS }, (_, i) => `{"index":{}}\n{"n":${(i * 7919) % DOCUMENTS}}\n`);
  await made.handle({ method: "POST", path: "/a/_bulk", querystring: "refresh=true", body: lines.join("") });
  return made;
};

const ask = async (made: EmbeddedSearch, aggregation: object): Promise<unknown> => {
  const body = JSON.stringify({ size: 0, aggs: { a: aggregation } });
  const { body: text } = await made.handle({ method: "POST", path: "/a/_search", body });
  return (JSON.parse(text) as { aggregations: { a: { values: unknown } } }).aggregations.a.values;
};

describe("percentiles of more values than Elasticsearch keeps", () => {
  it("are exact", async () => {
    const values = await ask(await store(), { percentiles: { field: "n", percents: [0, 50, 99, 100] } });
    expect(values).toEqual({ "0.0": 0, "50.0": 2499.5, "99.0": 4949.01, "100.0": 4999 });
  });

  it("are exact the other way round", async () => {
    const values = await ask(await store(), { percentile_ranks: { field: "n", values: [-1, 2500, 5000] } });
    expect(values).toEqual({ "-1.0": 0, "2500.0": 50.01, "5000.0": 100 });
  });
});
