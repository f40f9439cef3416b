import { describe, expect, it } from "vitest";
import {
  all,
  any,
  BooleanMatch,
  compile,
  ExistsMatch,
  fieldNamed,
  LessThanMatch,
  PhraseMatch,
  PrefixMatch,
  QueryError,
  QueryStringMatch,
  RangeMatch,
  RegexpMatch,
  SearchQuery,
  SubnetMatch,
  TermMatch,
  TermsMatch,
  WildcardMatch,
} from "./index.ts";
import { ecsSchema } from "./ecs.ts";
import { compileClause, describeClause } from "./tools.ts";

const now = new Date("2017-01-01T01:00:00.250Z");

describe("compile", () => {
  it("prints each kind of clause", () => {
    expect(compileClause(TermMatch("category", "syslog"))).toEqual({ match: { category: { query: "syslog" } } });
    expect(compileClause(TermsMatch("summary", ["a", "b"]))).toEqual({ terms: { summary: ["a", "b"] } });
    expect(compileClause(PhraseMatch("summary", "a b"))).toEqual({ match_phrase: { summary: { query: "a b" } } });
    expect(compileClause(ExistsMatch("details.x"))).toEqual({ exists: { field: "details.x" } });
    expect(compileClause(WildcardMatch("details.x", "a*"))).toEqual({ wildcard: { "details.x": { value: "a*" } } });
    expect(compileClause(QueryStringMatch("a:b"))).toEqual({ query_string: { query: "a:b" } });
    expect(compileClause(LessThanMatch("utctimestamp", now))).toEqual({
      range: { utctimestamp: { lt: "2017-01-01T01:00:00.250Z" } },
    });
    expect(compileClause(RangeMatch("details.sourceipaddress", "10.0.0.0", "10.0.0.9"))).toEqual({
      range: { "details.sourceipaddress": { gte: "10.0.0.0", lte: "10.0.0.9" } },
    });
    expect(compileClause(RangeMatch("utctimestamp", { gt: now, lte: 5 }))).toEqual({
      range: { utctimestamp: { gt: "2017-01-01T01:00:00.250Z", lte: 5 } },
    });
    expect(compileClause(PrefixMatch("details.x", "a*"))).toEqual({ prefix: { "details.x": { value: "a*" } } });
    expect(compileClause(RegexpMatch("details.x", "a.*"))).toEqual({ regexp: { "details.x": { value: "a.*" } } });
    expect(compileClause(SubnetMatch("details.sourceipaddress", "10.0.0.0/8"))).toEqual({
      term: { "details.sourceipaddress": { value: "10.0.0.0/8" } },
    });
  });

  it("ignores case where it is asked to", () => {
    const options = { ignoreCase: true };
    expect(compileClause(TermMatch("category", "a", options))).toEqual({
      term: { category: { value: "a", case_insensitive: true } },
    });
    const asked = { "details.x": { value: "a", case_insensitive: true } };
    expect(compileClause(WildcardMatch("details.x", "a", options))).toEqual({ wildcard: asked });
    expect(compileClause(PrefixMatch("details.x", "a", options))).toEqual({ prefix: asked });
    expect(compileClause(RegexpMatch("details.x", "a", options))).toEqual({ regexp: asked });
  });

  it("asks for one match of any, also beside other parts", () => {
    const [a, b, c] = [TermMatch("tags", "a"), TermMatch("tags", "b"), TermMatch("tags", "c")];
    expect(compileClause(any(a, b))).toEqual({
      bool: { filter: [], should: [compileClause(a), compileClause(b)], minimum_should_match: 1 },
    });
    expect(compileClause(all(a))).toEqual({ bool: { filter: [compileClause(a)] } });
    expect(compileClause(BooleanMatch({ must: [a], mustNot: [b], should: [c] }))).toEqual({
      bool: {
        filter: [compileClause(a)],
        must_not: [compileClause(b)],
        should: [compileClause(c)],
        minimum_should_match: 1,
      },
    });
  });

  it("puts the window on either time stamp, with milliseconds, ending now", () => {
    const range = { gte: "2017-01-01T00:58:00.250Z", lte: "2017-01-01T01:00:00.250Z" };
    expect(compile(SearchQuery({ minutes: 2 }).must(ExistsMatch("summary")), { now })).toEqual({
      query: {
        bool: {
          filter: [
            {
              bool: {
                should: [{ range: { utctimestamp: range } }, { range: { receivedtimestamp: range } }],
                minimum_should_match: 1,
              },
            },
            { exists: { field: "summary" } },
          ],
        },
      },
    });
  });

  it("puts the window on the time fields of another schema, and takes its kinds", () => {
    const query = SearchQuery({ minutes: 2 }).must(ExistsMatch("details.x"));
    const range = { gte: "2017-01-01T00:58:00.250Z", lte: "2017-01-01T01:00:00.250Z" };
    expect(compile(query, { now, schema: ecsSchema }).query).toEqual({
      bool: {
        filter: [
          { bool: { should: [{ range: { "@timestamp": range } }], minimum_should_match: 1 } },
          { exists: { field: "details.x" } },
        ],
      },
    });
    const bytes = SearchQuery().should(all(RangeMatch(fieldNamed("source.bytes"), 1, 5)));
    expect(() => compile(bytes, { now, schema: ecsSchema })).not.toThrow();
    const names = SearchQuery().mustNot(any(LessThanMatch(fieldNamed("host.name"), 5)));
    expect(() => compile(names, { now, schema: ecsSchema })).toThrow("host.name is keyword");
    expect(() => compile(names, { now })).not.toThrow();
    const message = SearchQuery().must(TermMatch(fieldNamed("message"), "x", { ignoreCase: true }));
    expect(() => compile(message, { now, schema: ecsSchema })).toThrow("message is text");
    const below = SearchQuery().must(RangeMatch(fieldNamed("host.name"), { lt: 5 }));
    expect(() => compile(below, { now, schema: ecsSchema })).toThrow("host.name is keyword");
  });

  it("gives the same body for the same query and time, however often", () => {
    const query = SearchQuery({ minutes: 2 }).must(TermMatch("tags", "a")).should(TermMatch("tags", "b"));
    const first = JSON.stringify(compile(query, { now }));
    expect(JSON.stringify(compile(query, { now }))).toBe(first);
    expect(JSON.stringify(compile(query, { now }))).toBe(first);
  });

  it("gives a body of its own each time", () => {
    const query = SearchQuery({ minutes: 2 }).must(TermsMatch("tags", ["a"]));
    expect(compile(query, { now }).query).not.toBe(compile(query, { now }).query);
  });

  it("refuses a query without a clause, and an invalid time", () => {
    const refused = (work: () => unknown) => {
      try {
        return work();
      } catch (error) {
        return error instanceof QueryError ? error.code : error;
      }
    };
    expect(refused(() => compile(SearchQuery({ minutes: 2 }), { now }))).toBe("QUERY_CLAUSES_EMPTY");
    const query = SearchQuery().must(TermMatch("tags", "a"));
    expect(refused(() => compile(query, { now: new Date(Number.NaN) }))).toBe("QUERY_NOW_INVALID");
    expect(refused(() => compile(query, { now: "2017-01-01" as never }))).toBe("QUERY_NOW_INVALID");
  });
});

describe("describeClause", () => {
  it.each([
    [TermMatch("category", "syslog"), 'TermMatch("category", "syslog")'],
    [TermsMatch("tags", ["a", 1]), 'TermsMatch("tags", ["a",1])'],
    [PhraseMatch("summary", "a"), 'PhraseMatch("summary", "a")'],
    [ExistsMatch("details.x"), 'ExistsMatch("details.x")'],
    [WildcardMatch("details.x", "*"), 'WildcardMatch("details.x", "*")'],
    [QueryStringMatch("a"), 'QueryStringMatch("a")'],
    [LessThanMatch("utctimestamp", now), 'LessThanMatch("utctimestamp", "2017-01-01T01:00:00.250Z")'],
    [RangeMatch("details.x", "a", "b"), 'RangeMatch("details.x", "a", "b")'],
    [RangeMatch("details.x", { gt: "a", lte: "b" }), 'RangeMatch("details.x", { gt: "a", lte: "b" })'],
    [RangeMatch("utctimestamp", { lt: now }), 'RangeMatch("utctimestamp", { lt: "2017-01-01T01:00:00.250Z" })'],
    [TermMatch("tags", "a", { ignoreCase: true }), 'TermMatch("tags", "a", { ignoreCase: true })'],
    [WildcardMatch("tags", "a", { ignoreCase: true }), 'WildcardMatch("tags", "a", { ignoreCase: true })'],
    [PrefixMatch("tags", "a"), 'PrefixMatch("tags", "a")'],
    [RegexpMatch("tags", "a|b", { ignoreCase: true }), 'RegexpMatch("tags", "a|b", { ignoreCase: true })'],
    [SubnetMatch("details.sourceipaddress", "10.0.0.0/8"), 'SubnetMatch("details.sourceipaddress", "10.0.0.0/8")'],
    [
      BooleanMatch({ must: [ExistsMatch("details.x")], should: [TermMatch("tags", "a")] }),
      'BooleanMatch({ must: [ExistsMatch("details.x")], should: [TermMatch("tags", "a")] })',
    ],
  ])("reads as it is written", (clause, text) => {
    expect(describeClause(clause)).toBe(text);
  });
});
