import type { Bound, CaseOptions, RangeBounds } from "./fields/bound.ts";
import { checkBound, checkCase } from "./check-kinds.ts";
import { checkRegexp } from "./check-regexp.ts";
import { checkCidr, checkClauses, checkScalar, checkScalars, checkText, readBound, readCase } from "./check-values.ts";
import { readRange } from "./read-range.ts";
import type {
  BooleanClause,
  Clause,
  ExistsClause,
  LessThanClause,
  PhraseClause,
  PrefixClause,
  QueryStringClause,
  RangeClause,
  RegexpClause,
  Scalar,
  SubnetClause,
  TermClause,
  TermsClause,
  WildcardClause,
} from "./clauses.ts";
import { checkField } from "./fields/check-field.ts";
import type { BoundOf, CaseOptionsOf, FieldName, FieldOf } from "./fields/event-fields.ts";
import { mozdef } from "./fields/mozdef.ts";
import { QueryError } from "./query-error.ts";

type Numeric = "long" | "double";
type Worded = "text" | "keyword";
type Comparable = "keyword" | "ip" | "date" | Numeric;
type Valued = "text" | "keyword" | "ip" | "date" | "boolean" | Numeric;

const named = (field: unknown): FieldName => checkField(field) as FieldName;

/**
 * Analysed match. On `summary` (text) one of the value's words is enough; on every other kind the whole value counts,
 * with its case. On an ip field the value may be a CIDR.
 *
 * @param options - `ignoreCase` takes a keyword in upper and lower case; letters beyond `a` to `z` keep theirs. Words of text are
 * always compared in lower case, so there it is refused. Default false.
 * @throws {QueryError} `QUERY_FIELD_INVALID`, `QUERY_VALUE_INVALID`, also for `ignoreCase` on a field that is no keyword.
 * @example
 * ```ts
 * TermMatch("details.program", "sshd");
 * // { "match": { "details.program": { "query": "sshd" } } }
 * ```
 */
export const TermMatch = <F extends FieldName>(
  field: FieldOf<F, Valued>,
  value: Scalar,
  options?: CaseOptionsOf<F>,
): TermClause => {
  const clause: TermClause = {
    kind: "term",
    field: named(field),
    value: checkScalar("TermMatch", value),
    ...readCase("TermMatch", options),
  };
  checkCase(clause, mozdef);
  return Object.freeze(clause);
};

/**
 * Any of the values, none of them analysed: on `summary` give single lower-case words.
 *
 * @throws {QueryError} `QUERY_FIELD_INVALID`, `QUERY_VALUE_INVALID`, `QUERY_VALUES_EMPTY` for an empty list, which would
 * match nothing.
 * @example
 * ```ts
 * TermsMatch("summary", ["login", "invalid", "publickey"]);
 * // { "terms": { "summary": ["login", "invalid", "publickey"] } }
 * ```
 */
export const TermsMatch = <F extends FieldName>(field: FieldOf<F, Valued>, values: readonly Scalar[]): TermsClause =>
  Object.freeze({ kind: "terms", field: named(field), values: Object.freeze(checkScalars("TermsMatch", values)) });

/**
 * The value's words, adjacent and in order. On kinds other than text the same as {@link TermMatch}.
 *
 * @throws {QueryError} `QUERY_FIELD_INVALID`, `QUERY_VALUE_INVALID`.
 * @example
 * ```ts
 * PhraseMatch("summary", "session opened");
 * // { "match_phrase": { "summary": { "query": "session opened" } } }
 * ```
 */
export const PhraseMatch = <F extends FieldName>(field: FieldOf<F, Valued>, value: Scalar): PhraseClause =>
  Object.freeze({ kind: "phrase", field: named(field), value: checkScalar("PhraseMatch", value) });

/**
 * The field has a value. An empty string counts as one; null and `[]` do not.
 *
 * @throws {QueryError} `QUERY_FIELD_INVALID`.
 * @example
 * ```ts
 * ExistsMatch("details.sourceipaddress");
 * // { "exists": { "field": "details.sourceipaddress" } }
 * ```
 */
export const ExistsMatch = (field: FieldName): ExistsClause => Object.freeze({ kind: "exists", field: named(field) });

/**
 * A pattern of `*` (any characters) and `?` (one) against the whole value; on text against single lower-case words.
 *
 * @param options - `ignoreCase` takes letters `a` to `z` in upper and lower case. Default false.
 * @throws {QueryError} `QUERY_FIELD_INVALID`, `QUERY_VALUE_INVALID` for an empty pattern.
 * @example
 * ```ts
 * WildcardMatch("hostname", "mail*.example.org");
 * // { "wildcard": { "hostname": { "value": "mail*.example.org" } } }
 * ```
 */
export const WildcardMatch = <F extends FieldName>(
  field: FieldOf<F, Worded>,
  pattern: string,
  options?: CaseOptions,
): WildcardClause =>
  Object.freeze({
    kind: "wildcard",
    field: named(field),
    pattern: checkText("WildcardMatch", pattern),
    ...readCase("WildcardMatch", options),
  });

/**
 * The whole value begins with the text; on text a single lower-case word does. No character has a meaning of its own.
 *
 * @param options - `ignoreCase` takes letters `a` to `z` in upper and lower case. Default false.
 * @throws {QueryError} `QUERY_FIELD_INVALID`, `QUERY_VALUE_INVALID` for an empty text.
 * @example
 * ```ts
 * PrefixMatch("details.path", "/etc/");
 * // { "prefix": { "details.path": { "value": "/etc/" } } }
 * ```
 */
export const PrefixMatch = <F extends FieldName>(
  field: FieldOf<F, Worded>,
  text: string,
  options?: CaseOptions,
): PrefixClause =>
  Object.freeze({
    kind: "prefix",
    field: named(field),
    text: checkText("PrefixMatch", text),
    ...readCase("PrefixMatch", options),
  });

/**
 * A regular expression against the whole value; on text against single lower-case words. The syntax is Lucene's, not that of
 * JavaScript: `^` and `$` are plain characters, there is no look-ahead, and `# @ & < > "` have a meaning, so escape them. `~` has to be escaped as well:
 * stores do not agree on what it means.
 *
 * @param pattern - At most 1,000 characters.
 * @param options - `ignoreCase` takes letters `a` to `z` in upper and lower case; whether others too depends on the store. Default false.
 * @throws {QueryError} `QUERY_FIELD_INVALID`, `QUERY_VALUE_INVALID` for an empty pattern, `QUERY_REGEXP_INVALID` for one that cannot be
 * read or is too long.
 * @example
 * ```ts
 * RegexpMatch("hostname", "web[0-9]+[.]example[.]org", { ignoreCase: true });
 * // { "regexp": { "hostname": { "value": "web[0-9]+[.]example[.]org", "case_insensitive": true } } }
 * ```
 */
export const RegexpMatch = <F extends FieldName>(
  field: FieldOf<F, Worded>,
  pattern: string,
  options?: CaseOptions,
): RegexpClause =>
  Object.freeze({
    kind: "regexp",
    field: named(field),
    pattern: checkRegexp(checkText("RegexpMatch", pattern)),
    ...readCase("RegexpMatch", options),
  });

/**
 * Lucene query string syntax, default operator OR. Escape untrusted values with {@link escapeQueryString}.
 * Prefer the other clauses: no value can break them.
 *
 * @throws {QueryError} `QUERY_VALUE_INVALID` for an empty query.
 * @example
 * ```ts
 * QueryStringMatch("tags:auth0 AND details.success:false");
 * // { "query_string": { "query": "tags:auth0 AND details.success:false" } }
 * ```
 */
export const QueryStringMatch = (query: string): QueryStringClause =>
  Object.freeze({ kind: "queryString", query: checkText("QueryStringMatch", query) });

/**
 * Strictly less than. Dates compare with milliseconds, `long` and `double` as numbers, keywords as text; a number as the
 * bound of a keyword is refused.
 *
 * @throws {QueryError} `QUERY_FIELD_INVALID`, `QUERY_VALUE_INVALID`.
 * @example
 * ```ts
 * LessThanMatch("utctimestamp", new Date("2026-01-01T00:00:00Z"));
 * // { "range": { "utctimestamp": { "lt": "2026-01-01T00:00:00.000Z" } } }
 * ```
 */
export const LessThanMatch = <F extends FieldName>(field: FieldOf<F, Comparable>, value: BoundOf<F>): LessThanClause =>
  Object.freeze({ kind: "lessThan", field: named(field), value: boundOf("LessThanMatch", field, value) });

/**
 * From one bound to another, both inclusive; or with named bounds, at least one of them. Compares as {@link LessThanMatch} does.
 *
 * @param range - `from, to`, or `{ gt, gte, lt, lte }`: greater than, greater than or equal, less than, less than or equal.
 * @throws {QueryError} `QUERY_FIELD_INVALID`, `QUERY_VALUE_INVALID`, also without any bound and with two of one side.
 * @example
 * ```ts
 * RangeMatch("details.sourceipaddress", "10.0.0.0", "10.0.0.9");
 * // { "range": { "details.sourceipaddress": { "gte": "10.0.0.0", "lte": "10.0.0.9" } } }
 * ```
 */
export const RangeMatch = <F extends FieldName>(
  field: FieldOf<F, Comparable>,
  ...range: readonly [from: BoundOf<F>, to: BoundOf<F>] | readonly [bounds: RangeBounds<BoundOf<F>>]
): RangeClause =>
  Object.freeze({
    kind: "range",
    field: named(field),
    ...readRange(range, (value) => boundOf("RangeMatch", field, value)),
  });

const boundOf = (name: string, field: unknown, value: unknown): Bound => {
  const bound = readBound(name, value);
  checkBound(name, checkField(field), bound, mozdef);
  return bound;
};

/**
 * An address inside a network, IPv4 or IPv6.
 *
 * @throws {QueryError} `QUERY_FIELD_INVALID`, `QUERY_CIDR_INVALID` when it is not a network or has host bits set.
 * @example
 * ```ts
 * SubnetMatch("details.sourceipaddress", "10.0.0.0/8");
 * // { "term": { "details.sourceipaddress": { "value": "10.0.0.0/8" } } }
 * ```
 */
export const SubnetMatch = <F extends FieldName>(field: FieldOf<F, "ip">, cidr: string): SubnetClause =>
  Object.freeze({ kind: "subnet", field: named(field), cidr: checkCidr(cidr) });

/**
 * Clauses combined: all of `must`, none of `mustNot`, at least one of `should` when there are any.
 *
 * @throws {QueryError} `QUERY_CLAUSES_EMPTY` when there is no clause in it, `QUERY_CLAUSE_INVALID`.
 * @example
 * ```ts
 * BooleanMatch({ must: [TermMatch("category", "syslog")], mustNot: [TermMatch("hostname", "test1")] });
 * // { "bool": { "filter": [{ "match": { "category": { "query": "syslog" } } }],
 * //   "must_not": [{ "match": { "hostname": { "query": "test1" } } }] } }
 * ```
 */
export const BooleanMatch = (parts: {
  readonly must?: readonly Clause[];
  readonly mustNot?: readonly Clause[];
  readonly should?: readonly Clause[];
}): BooleanClause => combined("BooleanMatch", parts);

/**
 * At least one of the clauses.
 *
 * @throws {QueryError} `QUERY_CLAUSES_EMPTY`, `QUERY_CLAUSE_INVALID`.
 * @example
 * ```ts
 * any(PhraseMatch("summary", "login failed"), TermMatch("details.success", false));
 * // { "bool": { "filter": [], "should": [{ "match_phrase": { "summary": { "query": "login failed" } } },
 * //   { "match": { "details.success": { "query": false } } }], "minimum_should_match": 1 } }
 * ```
 */
export const any = (...clauses: readonly Clause[]): BooleanClause => combined("any", { should: clauses });

/**
 * All of the clauses.
 *
 * @throws {QueryError} `QUERY_CLAUSES_EMPTY`, `QUERY_CLAUSE_INVALID`.
 * @example
 * ```ts
 * all(TermMatch("details.program", "sshd"), ExistsMatch("details.username"));
 * // { "bool": { "filter": [{ "match": { "details.program": { "query": "sshd" } } },
 * //   { "exists": { "field": "details.username" } }] } }
 * ```
 */
export const all = (...clauses: readonly Clause[]): BooleanClause => combined("all", { must: clauses });

const combined = (
  name: string,
  { must = [], mustNot = [], should = [] }: Parameters<typeof BooleanMatch>[0],
): BooleanClause => {
  if (must.length + mustNot.length + should.length === 0)
    throw new QueryError("QUERY_CLAUSES_EMPTY", `${name} needs at least one clause. Received: none.`);
  return Object.freeze({
    kind: "boolean",
    must: checkClauses(`${name} (must)`, must),
    mustNot: checkClauses(`${name} (mustNot)`, mustNot),
    should: checkClauses(`${name} (should)`, should),
  });
};
