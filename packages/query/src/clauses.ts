import type { Bound } from "./fields/bound.ts";
import type { FieldName } from "./fields/event-fields.ts";

/** A single value of a clause. Numbers and booleans are sent as they are; the store compares by the field's kind. */
export type Scalar = string | number | boolean;

/** Analysed match: on text any of the value's words, on other kinds the whole value; an ip field also takes a CIDR. */
export interface TermClause {
  readonly kind: "term";
  readonly field: FieldName;
  readonly value: Scalar;
  /** Only ever true, and only on a keyword. */
  readonly ignoreCase?: true;
}
/** Any of the values, each compared as it is: on text with single lower-case words. */
export interface TermsClause {
  readonly kind: "terms";
  readonly field: FieldName;
  readonly values: readonly Scalar[];
}
/** The value's words next to one another and in order; on other kinds than text the whole value. */
export interface PhraseClause {
  readonly kind: "phrase";
  readonly field: FieldName;
  readonly value: Scalar;
}
/** The field has a value other than null and []. */
export interface ExistsClause {
  readonly kind: "exists";
  readonly field: FieldName;
}
/** `*` any characters, `?` one; against the whole value, on text against single words. */
export interface WildcardClause {
  readonly kind: "wildcard";
  readonly field: FieldName;
  readonly pattern: string;
  readonly ignoreCase?: true;
}
/** The beginning of the whole value, on text of a single word. */
export interface PrefixClause {
  readonly kind: "prefix";
  readonly field: FieldName;
  readonly text: string;
  readonly ignoreCase?: true;
}
/** A regular expression of Lucene's dialect against the whole value, on text against single words. */
export interface RegexpClause {
  readonly kind: "regexp";
  readonly field: FieldName;
  readonly pattern: string;
  readonly ignoreCase?: true;
}
/** Lucene query string syntax, default operator OR. */
export interface QueryStringClause {
  readonly kind: "queryString";
  readonly query: string;
}
/** Strictly less than. */
export interface LessThanClause {
  readonly kind: "lessThan";
  readonly field: FieldName;
  readonly value: Bound;
}
/** At least one bound; never both of one side. */
export interface RangeClause {
  readonly kind: "range";
  readonly field: FieldName;
  /** Greater than. */
  readonly gt?: Bound;
  /** Greater than or equal. */
  readonly gte?: Bound;
  /** Less than. */
  readonly lt?: Bound;
  /** Less than or equal. */
  readonly lte?: Bound;
}
/** An address inside a network, IPv4 or IPv6. */
export interface SubnetClause {
  readonly kind: "subnet";
  readonly field: FieldName;
  readonly cidr: string;
}
/** All of `must`, none of `mustNot`, and at least one of `should` when there are any. */
export interface BooleanClause {
  readonly kind: "boolean";
  readonly must: readonly Clause[];
  readonly mustNot: readonly Clause[];
  readonly should: readonly Clause[];
}

/** One condition on an event. */
export type Clause =
  | TermClause
  | TermsClause
  | PhraseClause
  | ExistsClause
  | WildcardClause
  | PrefixClause
  | RegexpClause
  | QueryStringClause
  | LessThanClause
  | RangeClause
  | SubnetClause
  | BooleanClause;

/** The discriminator of {@link Clause}. */
export type ClauseKind = Clause["kind"];
