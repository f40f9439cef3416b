import { describe, expect, it } from "vitest";
import { QueryError, SearchQuery, TermMatch } from "./index.ts";

const a = TermMatch("category", "a");
const b = TermMatch("category", "b");
const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof QueryError ? error.code : String(error);
  }
};

describe("SearchQuery", () => {
  it("returns a new query from each method and leaves the old one untouched", () => {
    const empty = SearchQuery({ minutes: 2 });
    const full = empty.must(a).mustNot(b).should(a, b);
    expect(empty.plan).toEqual({ windowMs: 120_000, must: [], mustNot: [], should: [] });
    expect(full.plan).toEqual({ windowMs: 120_000, must: [a], mustNot: [b], should: [a, b] });
    expect(Object.isFrozen(full)).toBe(true);
    expect(Object.isFrozen(full.plan)).toBe(true);
  });

  it("adds up the units of its window", () => {
    expect(SearchQuery({ weeks: 1, days: 1, hours: 1, minutes: 1, seconds: 1 }).plan.windowMs).toBe(694_861_000);
    expect(SearchQuery({ minutes: 0.5 }).plan.windowMs).toBe(30_000);
    expect(SearchQuery().plan.windowMs).toBeNull();
  });

  it.each([
    { minutes: -1 },
    { minutes: 0 },
    {},
    { minutes: Number.NaN },
    { minutes: "2" },
    { fortnights: 1 },
    { hours: 1, minutes: -1 },
    { weeks: Number.MAX_VALUE },
  ])("refuses the window %j", (window) => {
    expect(codeOf(() => SearchQuery(window as never))).toBe("QUERY_WINDOW_INVALID");
  });

  it("takes no clause from an empty list, as configuration may give one", () => {
    expect(SearchQuery().mustNot(...[]).plan.mustNot).toEqual([]);
  });

  it("refuses what is not a clause, with its place", () => {
    expect(codeOf(() => SearchQuery().must(a, "category:b" as never))).toBe("QUERY_CLAUSE_INVALID");
    expect(codeOf(() => SearchQuery().should({ kind: "constructor" } as never))).toBe("QUERY_CLAUSE_INVALID");
  });
});
