import { TermMatch, SearchQuery } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import type { Packed } from "./protocol.ts";
import { KnownPlans, SentPlans } from "./unchanged-plans.ts";

const planOf = (category: string) => SearchQuery({ minutes: 1 }).must(TermMatch("category", category)).plan;

const packed = (category: string, data: unknown = null): Packed => {
  const plan = planOf(category);
  return { name: "A", search: { kind: "eachEvent" }, own: [plan], query: [plan], data };
};

const asking = (category: string) => [{ name: "A", query: { plan: planOf(category) } }];

const both = () => {
  const sent = new SentPlans();
  const known = new KnownPlans();
  return {
    crosses: (id: string, ...searches: readonly Packed[]) => sent.searchesOf(id, searches),
    heard: (id: string, searches: unknown) => known.withSearches(id, { searches }).searches,
  };
};

describe("searches between the processes", () => {
  it("cross once, and are the same objects again as long as nothing changes", () => {
    const { crosses, heard } = both();
    const first = heard("A", crosses("A", packed("x")));
    expect(first).toMatchObject(asking("x"));
    const again = crosses("A", packed("x"));
    expect(again).toBeNull();
    expect(heard("A", again)).toBe(first);
    expect(heard("A", crosses("A", packed("y")))).toMatchObject(asking("y"));
    expect(heard("A", crosses("A", packed("x")))).toMatchObject(asking("x"));
  });

  it("are each alert's own", () => {
    const { crosses, heard } = both();
    heard("A", crosses("A", packed("x")));
    expect(crosses("B", packed("x"))).not.toBeNull();
  });

  it("are not remembered when they are large", () => {
    const { crosses, heard } = both();
    const large = packed("x", "x".repeat(100_000));
    heard("A", crosses("A", packed("x")));
    expect(heard("A", crosses("A", large))).toMatchObject([{ data: large.data }]);
    expect(heard("A", crosses("A", large))).toMatchObject([{ data: large.data }]);
    expect(heard("A", crosses("A", packed("x")))).toMatchObject([{ data: null }]);
  });

  it("are nothing that anybody understands when code of an alert has made them up", () => {
    const { heard } = both();
    expect([heard("A", null), heard("A", new Uint8Array([1, 2, 3]))]).toEqual([null, null]);
    const other = [{ searches: undefined }, { alerts: "[]" }].map((result) =>
      new KnownPlans().withSearches("A", result),
    );
    expect(other).toEqual([{ searches: undefined }, { alerts: "[]" }]);
  });
});
