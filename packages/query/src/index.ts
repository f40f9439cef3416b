export { all, any, BooleanMatch, ExistsMatch, LessThanMatch, PhraseMatch, QueryStringMatch } from "./match.ts";
export { RangeMatch, SubnetMatch, TermMatch, TermsMatch, WildcardMatch } from "./match.ts";
export { compile, compileClause, compileWindow } from "./compile.ts";
export { describeClause } from "./describe.ts";
export { escapeQueryString } from "./escape-query-string.ts";
export { fieldNamed } from "./fields.ts";
export { QueryError, received } from "./query-error.ts";
export { queryOf, SearchQuery } from "./search-query.ts";
export { durationMs } from "./window.ts";

export type {
  BooleanClause,
  Bound,
  Clause,
  ClauseKind,
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
export type { QueryContainer, SearchBody } from "./compile.ts";
export type { EventFields, FieldKind, FieldName, FieldOf, FieldTypeError, KindOf } from "./fields.ts";
export type { QueryErrorCode } from "./query-error.ts";
export type { QueryPlan } from "./search-query.ts";
export type { Duration } from "./window.ts";
