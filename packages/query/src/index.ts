export { all, any, BooleanMatch, ExistsMatch, LessThanMatch, PhraseMatch, QueryStringMatch } from "./match.ts";
export { PrefixMatch, RangeMatch, RegexpMatch, SubnetMatch, TermMatch, TermsMatch, WildcardMatch } from "./match.ts";
export { compile } from "./compile.ts";
export { escapeQueryString } from "./escape-query-string.ts";
export { fieldNamed } from "./fields/check-field.ts";
export { QueryError } from "./query-error.ts";
export { SearchQuery } from "./search-query.ts";

export type { QueryContainer } from "./clause-kinds.ts";
export type {
  BooleanClause,
  Clause,
  ClauseKind,
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
export type { CompileOptions, SearchBody } from "./compile.ts";
export type { Bound, CaseOptions, RangeBounds } from "./fields/bound.ts";
export type {
  BoundOf,
  CaseOptionsOf,
  EventFields,
  FieldName,
  FieldOf,
  FieldTypeError,
  KindOf,
} from "./fields/event-fields.ts";
export type { EventSchema, FieldNames, OtherField, SameValue, StandIn } from "./fields/event-schema.ts";
export type { FieldKind, FieldKinds } from "./fields/field-kind.ts";
export type { QueryErrorCode } from "./query-error.ts";
export type { QueryPlan } from "./search-query.ts";
export type { Duration } from "./window.ts";
