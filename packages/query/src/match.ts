import { checkBound, checkCidr, checkClauses, checkScalar, checkScalars, checkText } from "./check-values.ts";
import type {
  BooleanClause,
  Bound,
  Clause,
  ExistsClause,
  LessThanClause,
  PhraseClause,
  QueryStringClause,
  RangeClause,
  Scalar,
  SubnetClause,
  TermClause,
  TermsClause,
  WildcardClause,
} from "./clauses.ts";
import { checkField, type FieldName, type FieldOf } from "./fields.ts";
import { QueryError } from "./query-error.ts";

type Worded = "text" | "keyword";
type Comparable = "keyword" | "ip" | "date";
type Valued = "text" | "keyword" | "ip" | "date" | "boolean";

const named = (field: unknown): FieldName => checkField(field) as FieldName;

/**
 * Analysed match. On `summary` (text) one of the value's words is enough; on every other kind the whole value counts,
 * with its case. On an ip field the value may be a CIDR.
 *
 * @throws {QueryError} `QUERY_FIELD_INVALID`, `QUERY_VALUE_INVALID`.
 */
export const TermMatch = <F extends FieldName>(field: F & FieldOf<F, Valued>, value: Scalar): TermClause =>
  Object.freeze({ kind: "term", field: named(field), value: checkScalar("TermMatch", value) });

/**
 * Any of the values, none of them analysed: on `summary` give single lower-case words.
 *
 * @throws {QueryError} `QUERY_VALUES_EMPTY` for an empty list, which would match nothing.
 */
export const TermsMatch = <F extends FieldName>(
  field: F & FieldOf<F, Valued>,
  values: readonly Scalar[],
): TermsClause =>
  Object.freeze({ kind: "terms", field: named(field), values: Object.freeze(checkScalars("TermsMatch", values)) });

/** The value's words, adjacent and in order; on other kinds than text the same as {@link TermMatch}. */
export const PhraseMatch = <F extends FieldName>(field: F & FieldOf<F, Valued>, value: Scalar): PhraseClause =>
  Object.freeze({ kind: "phrase", field: named(field), value: checkScalar("PhraseMatch", value) });

/** The field has a value; null and [] are none, an empty string is one. */
export const ExistsMatch = (field: FieldName): ExistsClause => Object.freeze({ kind: "exists", field: named(field) });

/** A pattern of `*` (any characters) and `?` (one) against the whole value; on text against single lower-case words. */
export const WildcardMatch = <F extends FieldName>(field: F & FieldOf<F, Worded>, pattern: string): WildcardClause =>
  Object.freeze({ kind: "wildcard", field: named(field), pattern: checkText("WildcardMatch", pattern) });

/**
 * Lucene query string syntax, default operator OR. Values from outside go through {@link escapeQueryString} first.
 * Prefer the other clauses: they cannot be broken by a value.
 */
export const QueryStringMatch = (query: string): QueryStringClause =>
  Object.freeze({ kind: "queryString", query: checkText("QueryStringMatch", query) });

/** Strictly less than. Dates compare with milliseconds; keywords, numbers among them, by their text. */
export const LessThanMatch = <F extends FieldName>(field: F & FieldOf<F, Comparable>, value: Bound): LessThanClause =>
  Object.freeze({ kind: "lessThan", field: named(field), value: checkBound("LessThanMatch", value) });

/** From one bound to another, both inclusive. */
export const RangeMatch = <F extends FieldName>(
  field: F & FieldOf<F, Comparable>,
  from: Bound,
  to: Bound,
): RangeClause =>
  Object.freeze({
    kind: "range",
    field: named(field),
    from: checkBound("RangeMatch", from),
    to: checkBound("RangeMatch", to),
  });

/**
 * An address inside a network, IPv4 or IPv6.
 *
 * @throws {QueryError} `QUERY_CIDR_INVALID` when it is no network or has bits set below its prefix.
 */
export const SubnetMatch = <F extends FieldName>(field: F & FieldOf<F, "ip">, cidr: string): SubnetClause =>
  Object.freeze({ kind: "subnet", field: named(field), cidr: checkCidr(cidr) });

/**
 * Clauses combined: all of `must`, none of `mustNot`, at least one of `should` when there are any.
 *
 * @throws {QueryError} `QUERY_CLAUSES_EMPTY` when there is no clause in it.
 */
export const BooleanMatch = (parts: {
  readonly must?: readonly Clause[];
  readonly mustNot?: readonly Clause[];
  readonly should?: readonly Clause[];
}): BooleanClause => combined("BooleanMatch", parts);

/** At least one of the clauses. */
export const any = (...clauses: readonly Clause[]): BooleanClause => combined("any", { should: clauses });

/** All of the clauses. */
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
