import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EmbeddedSearch } from "../src/index.ts";
import { ANALYSIS, dataSets } from "./data-set.ts";
import { manyAggregations, requests, type SearchBody } from "./requests.ts";

const lines = (objects: readonly object[]): string => objects.map((object) => `${JSON.stringify(object)}\n`).join("");

const loaded = async (seed: number): Promise<EmbeddedSearch> => {
  const store = new EmbeddedSearch();
  const [data] = fc.sample(dataSets, { seed, numRuns: 1 });
  const body = JSON.stringify({ settings: { analysis: ANALYSIS }, mappings: { properties: data?.mapping } });
  await store.handle({ method: "PUT", path: "/a", body });
  const documents = (data?.documents ?? []).flatMap((document, id) => [{ index: { _id: String(id) } }, document]);
  await store.handle({ method: "POST", path: "/a/_bulk", querystring: "refresh=true", body: lines(documents) });
  return store;
};

interface MultiSearch {
  readonly responses: readonly {
    readonly status: number;
    readonly hits?: { readonly total: { readonly value: number } };
  }[];
}

const search = async (store: EmbeddedSearch, bodies: readonly SearchBody[]): Promise<MultiSearch["responses"]> => {
  const body = lines(bodies.flatMap((one) => [{}, one]));
  const answer = await store.handle({ method: "POST", path: "/a/_msearch", body });
  return (JSON.parse(answer.body) as MultiSearch).responses;
};

describe("random questions", () => {
  it("are the same for the same seed", () => {
    const sample = (seed: number) => JSON.stringify(fc.sample(requests, { seed, numRuns: 50 }));
    expect(sample(7)).toBe(sample(7));
    expect(sample(7)).not.toBe(sample(8));
  });

  it.each([1, 2, 3])("are all answered, with hits or with an error of the request (seed %i)", async (seed) => {
    const store = await loaded(seed);
    const bodies = [
      ...fc.sample(requests, { seed, numRuns: 300 }),
      ...fc.sample(manyAggregations, { seed, numRuns: 50 }),
    ];
    const responses = await search(store, bodies);
    const statuses = new Set(responses.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([200, 400]);
    // Questions without hits would prove little.
    expect(responses.filter(({ hits }) => (hits?.total.value ?? 0) > 0).length).toBeGreaterThan(50);
  });
});
