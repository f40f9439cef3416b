import type { Clause, ClauseKind, RangeClause } from "./clauses.ts";
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
    // Only an unanalysed term can ignore case, which is the same on a keyword.
    compile: ({ field, value, ignoreCase }) =>
      ignoreCase
        ? { term: { [field]: { value: asWritten(value), case_insensitive: true } } }
        : { match: { [field]: { query: asWritten(value) } } },
    describe: ({ field, value, ignoreCase }) => call("TermMatch", field, value, ...caseOption(ignoreCase)),
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
    compile: ({ field, pattern, ignoreCase }) => ({
      wildcard: { [field]: { value: pattern, ...insensitive(ignoreCase) } },
    }),
    describe: ({ field, pattern, ignoreCase }) => call("WildcardMatch", field, pattern, ...caseOption(ignoreCase)),
  },
  prefix: {
    compile: ({ field, text, ignoreCase }) => ({ prefix: { [field]: { value: text, ...insensitive(ignoreCase) } } }),
    describe: ({ field, text, ignoreCase }) => call("PrefixMatch", field, text, ...caseOption(ignoreCase)),
  },
  regexp: {
    compile: ({ field, pattern, ignoreCase }) => ({
      regexp: { [field]: { value: pattern, ...insensitive(ignoreCase) } },
    }),
    describe: ({ field, pattern, ignoreCase }) => call("RegexpMatch", field, pattern, ...caseOption(ignoreCase)),
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
    compile: ({ field, ...bounds }) => ({ range: { [field]: compileBounds(bounds) } }),
    describe: ({ field, gt, gte, lt, lte }) =>
      gte !== undefined && lte !== undefined
        ? call("RangeMatch", field, gte, lte)
        : call("RangeMatch", field, { gt, gte, lt, lte }),
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

const compileBounds = ({ gt, gte, lt, lte }: Omit<RangeClause, "kind" | "field">): Record<string, string | number> => ({
  ...(gt !== undefined && { gt: bound(gt) }),
  ...(gte !== undefined && { gte: bound(gte) }),
  ...(lt !== undefined && { lt: bound(lt) }),
  ...(lte !== undefined && { lte: bound(lte) }),
});

const insensitive = (ignoreCase: true | undefined): { case_insensitive?: true } =>
  ignoreCase ? { case_insensitive: true } : {};

const caseOption = (ignoreCase: true | undefined): readonly object[] => (ignoreCase ? [{ ignoreCase }] : []);

const call = (name: string, ...values: readonly unknown[]): string => `${name}(${values.map(written).join(", ")})`;

/** As people write it: options without quotes around their names. */
const written = (value: unknown): string => {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Date)
    return JSON.stringify(value);
  const given = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{ ${given.map(([key, one]) => `${key}: ${JSON.stringify(one)}`).join(", ")} }`;
};
