import type { Clause, ClauseKind } from "./clauses.ts";
import type { Bound } from "./fields/bound.ts";

/** A query as Elasticsearch's JSON. Fresh at each call: the caller may change it. */
export type QueryContainer = Record<string, object>;

/** All that differs from one kind of clause to the next. */
interface ClauseKindOf<C extends Clause> {
  readonly compile: (clause: C) => QueryContainer;
  readonly describe: (clause: C) => string;
}

/**
 * A number as events have it. Given as a number to a keyword, the server would look for what Java writes: `1.0E-4` for `0.0001`. Fields
 * that are numbers take the text as well.
 */
const asWritten = <T>(value: T): T | string => (typeof value === "number" ? String(value) : value);

/** One entry for each kind: a kind that is missing does not compile. */
const CLAUSE_KINDS: { readonly [Kind in ClauseKind]: ClauseKindOf<Extract<Clause, { kind: Kind }>> } = {
  term: {
    compile: ({ field, value }) => ({ match: { [field]: { query: asWritten(value) } } }),
    describe: ({ field, value }) => call("TermMatch", field, value),
  },
  terms: {
    compile: ({ field, values }) => ({ terms: { [field]: values.map(asWritten) } }),
    describe: ({ field, values }) => call("TermsMatch", field, values),
  },
  phrase: {
    compile: ({ field, value }) => ({ match_phrase: { [field]: { query: value } } }),
    describe: ({ field, value }) => call("PhraseMatch", field, value),
  },
  exists: {
    compile: ({ field }) => ({ exists: { field } }),
    describe: ({ field }) => call("ExistsMatch", field),
  },
  wildcard: {
    compile: ({ field, pattern }) => ({ wildcard: { [field]: { value: pattern } } }),
    describe: ({ field, pattern }) => call("WildcardMatch", field, pattern),
  },
  queryString: {
    compile: ({ query }) => ({ query_string: { query } }),
    describe: ({ query }) => call("QueryStringMatch", query),
  },
  lessThan: {
    compile: ({ field, value }) => ({ range: { [field]: { lt: bound(value) } } }),
    describe: ({ field, value }) => call("LessThanMatch", field, value),
  },
  range: {
    compile: ({ field, from, to }) => ({ range: { [field]: { gte: bound(from), lte: bound(to) } } }),
    describe: ({ field, from, to }) => call("RangeMatch", field, from, to),
  },
  subnet: {
    compile: ({ field, cidr }) => ({ term: { [field]: { value: cidr } } }),
    describe: ({ field, cidr }) => call("SubnetMatch", field, cidr),
  },
  boolean: {
    compile: (clause) => compileBoolean(clause),
    describe: (clause) =>
      `BooleanMatch({ ${(["must", "mustNot", "should"] as const)
        .filter((part) => clause[part].length > 0)
        .map((part) => `${part}: [${clause[part].map(describeClause).join(", ")}]`)
        .join(", ")} })`,
  },
};

/** Whether a value is a clause, judged by its kind. */
export const isClause = (value: unknown): value is Clause =>
  typeof value === "object" && value !== null && "kind" in value && Object.hasOwn(CLAUSE_KINDS, String(value.kind));

// Each entry takes the clause of its own key; the type of the table has checked that.
const kindOf = (clause: Clause): ClauseKindOf<Clause> => CLAUSE_KINDS[clause.kind] as ClauseKindOf<Clause>;

/** One clause as Elasticsearch's JSON, for tools that ask about single clauses. */
export const compileClause = (clause: Clause): QueryContainer => kindOf(clause).compile(clause);

/** A clause in the words of the DSL, for messages: `PhraseMatch("summary", "failed")`. */
export const describeClause = (clause: Clause): string => kindOf(clause).describe(clause);

/** Clauses combined, in filter context. `first` comes before all of `must`. */
export const compileBoolean = (
  {
    must,
    mustNot,
    should,
  }: { readonly must: readonly Clause[]; readonly mustNot: readonly Clause[]; readonly should: readonly Clause[] },
  first: readonly QueryContainer[] = [],
): QueryContainer => ({
  bool: {
    filter: [...first, ...must.map(compileClause)],
    ...(mustNot.length > 0 && { must_not: mustNot.map(compileClause) }),
    // Explicit, since the server's default beside a filter has been 0 from version 7 on.
    ...(should.length > 0 && { should: should.map(compileClause), minimum_should_match: 1 }),
  },
});

const bound = (value: Bound): string | number => (value instanceof Date ? value.toISOString() : value);

const call = (name: string, ...values: readonly unknown[]): string =>
  `${name}(${values.map((value) => JSON.stringify(value)).join(", ")})`;
