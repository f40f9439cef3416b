import { describe, expect, it } from "vitest";
import { ecsSchema } from "./ecs.ts";
import {
  BooleanMatch,
  compile,
  fieldNamed,
  LessThanMatch,
  PhraseMatch,
  QueryError,
  SearchQuery,
  TermMatch,
} from "./index.ts";
import { compileShared, lastingQueryOf } from "./tools.ts";

const now = new Date("2017-01-01T01:00:00Z");

const query = SearchQuery({ minutes: 5 })
  .must(TermMatch("category", "syslog"))
  .mustNot(PhraseMatch("summary", "a b"))
  .should(BooleanMatch({ must: [TermMatch("hostname", "x")], mustNot: [TermMatch("hostname", "y")] }));

const filterOf = (body: ReturnType<typeof compileShared>): readonly object[] =>
  (body.query.bool as { readonly filter: readonly object[] }).filter;

describe("compileShared", () => {
  it.each([
    ["a query", query],
    ["one without a window", SearchQuery().must(TermMatch("category", "syslog"))],
    ["one of a window and words to avoid", SearchQuery({ days: 1 }).mustNot(TermMatch("category", "syslog"))],
  ])("gives what compile gives for %s", (_, one) => {
    const lasting = lastingQueryOf(one.plan);
    for (const schema of [undefined, ecsSchema])
      for (const each of [one, lasting, lasting])
        expect(compileShared(each, { now, ...(schema && { schema }) })).toEqual(
          compile(one, { now, ...(schema && { schema }) }),
        );
  });

  it("gives the same frozen clauses again for a query that lasts, and no others", () => {
    const lasting = lastingQueryOf(query.plan);
    const later = new Date(now.getTime() + 1_000);
    const [first, second] = [now, later].map((at) => filterOf(compileShared(lasting, { now: at })));
    expect(first?.[1]).toBe(second?.[1]);
    expect(Object.isFrozen(first?.[1])).toBe(true);
    expect(first?.[0]).not.toEqual(second?.[0]);
    const [mine, yours] = [query, query].map((one) => filterOf(compileShared(one, { now })));
    expect(mine?.[1]).not.toBe(yours?.[1]);
  });

  it("gives one window to all queries that look back as far", () => {
    const others = ["a", "b"].map((word) => SearchQuery({ minutes: 5 }).must(TermMatch("category", word)));
    const [first, second] = others.map((one) => filterOf(compileShared(one, { now }))[0]);
    expect(first).toBe(second);
    expect(filterOf(compileShared(SearchQuery({ minutes: 6 }).must(TermMatch("category", "a")), { now }))[0]).not.toBe(
      first,
    );
  });

  it("asks the kinds of fields of each schema", () => {
    const number = lastingQueryOf(SearchQuery().must(LessThanMatch(fieldNamed("details.x"), 5)).plan);
    const schema = { ...ecsSchema, fields: { "details.x": "keyword" } } as const;
    expect(() => compileShared(number, { now })).not.toThrow();
    expect(() => compileShared(number, { now, schema })).toThrow(QueryError);
    expect(() => compileShared(lastingQueryOf(SearchQuery({ days: 1 }).plan), { now })).toThrow("at least one clause");
  });
});
