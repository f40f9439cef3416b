import type { Scalar } from "../json/json.ts";
import type { Fuzziness } from "./fuzziness.ts";

/**
 * A query as requested, validated and complete (defaults filled in), but not yet bound to an index.
 * One interface per kind; `src/plan/` binds each to a segment.
 */
export type Query =
  | MatchAllQuery
  | MatchNoneQuery
  | BoolQuery
  | ConstantScoreQuery
  | DisMaxQuery
  | TermQuery
  | TermsQuery
  | MatchQuery
  | MatchPhraseQuery
  | RangeQuery
  | ExistsQuery
  | WildcardQuery
  | PrefixQuery
  | RegexpQuery
  | FuzzyQuery
  | IdsQuery
  | QueryStringQuery
  | SimpleQueryStringQuery;

/** The name of a kind of query, e.g. `"match_phrase"`. */
export type QueryKind = Query["kind"];

interface Scored {
  /** Factor of the score. Default 1. */
  readonly boost: number;
}

export interface MatchAllQuery extends Scored {
  readonly kind: "match_all";
}

/** Matches no document: an empty `terms`, or a lenient clause with a value its field cannot have. */
export interface MatchNoneQuery {
  readonly kind: "match_none";
}

export interface BoolQuery extends Scored {
  readonly kind: "bool";
  readonly must: readonly Query[];
  readonly filter: readonly Query[];
  readonly should: readonly Query[];
  readonly mustNot: readonly Query[];
  /** As written (`2`, `-1`, `75%`, `3<90%`); undefined = 1 when there is neither must nor filter, else 0. */
  readonly minimumShouldMatch?: string | undefined;
}

export interface ConstantScoreQuery extends Scored {
  readonly kind: "constant_score";
  readonly filter: Query;
}

/** Matches when one of the queries does; the score is the best of theirs. */
export interface DisMaxQuery extends Scored {
  readonly kind: "dis_max";
  readonly queries: readonly Query[];
}

/** The exact indexed term: not analysed on text fields. */
export interface TermQuery extends Scored {
  readonly kind: "term";
  readonly field: string;
  readonly value: Scalar;
  readonly caseInsensitive: boolean;
}

export interface TermsQuery extends Scored {
  readonly kind: "terms";
  readonly field: string;
  readonly values: readonly Scalar[];
}

/** Analysed on text fields; on any other type one value of that type. */
export interface MatchQuery extends Scored {
  readonly kind: "match";
  readonly field: string;
  readonly value: Scalar;
  readonly operator: "or" | "and";
  readonly minimumShouldMatch?: string | undefined;
  readonly fuzziness?: FuzzyOptions | undefined;
  readonly zeroTerms: "none" | "all";
  /** An invalid value matches nothing instead of failing. */
  readonly lenient: boolean;
}

export interface MatchPhraseQuery extends Scored {
  readonly kind: "match_phrase";
  readonly field: string;
  readonly value: Scalar;
  /** Moves of terms allowed in total. */
  readonly slop: number;
  readonly zeroTerms: "none" | "all";
  readonly lenient: boolean;
}

/** Without any bound: exists. */
export interface RangeQuery extends Scored {
  readonly kind: "range";
  readonly field: string;
  readonly gte?: Scalar | undefined;
  readonly gt?: Scalar | undefined;
  readonly lte?: Scalar | undefined;
  readonly lt?: Scalar | undefined;
  /** Date formats for the bounds, e.g. `epoch_millis||yyyy-MM-dd`; undefined = those of the mapping. */
  readonly format?: string | undefined;
  /** Part of a query string: its ends are parsed even where no document has a date. */
  readonly inText?: boolean | undefined;
  /** Zone of bounds that name none, e.g. `+01:00` or `Europe/Berlin`. */
  readonly timeZone?: string | undefined;
  readonly lenient: boolean;
}

/** The field, or any field below the object of that name, has a value. A pattern (`details.*`) is allowed. */
export interface ExistsQuery extends Scored {
  readonly kind: "exists";
  readonly field: string;
}

export interface WildcardQuery extends Scored {
  readonly kind: "wildcard";
  readonly field: string;
  readonly pattern: string;
  readonly caseInsensitive: boolean;
}

export interface PrefixQuery extends Scored {
  readonly kind: "prefix";
  readonly field: string;
  readonly value: string;
  readonly caseInsensitive: boolean;
}

export interface RegexpQuery extends Scored {
  readonly kind: "regexp";
  readonly field: string;
  readonly pattern: string;
  /** Optional operators that are on, as written: `ALL`, `INTERSECTION|INTERVAL`, `NONE`. */
  readonly flags: string;
  readonly caseInsensitive: boolean;
}

export interface FuzzyOptions {
  readonly fuzziness: Fuzziness;
  readonly prefixLength: number;
  readonly maxExpansions: number;
  readonly transpositions: boolean;
}

export interface FuzzyQuery extends Scored, FuzzyOptions {
  readonly kind: "fuzzy";
  readonly field: string;
  readonly value: string;
}

export interface IdsQuery extends Scored {
  readonly kind: "ids";
  readonly values: readonly string[];
}

/** Lucene's query language. Parsed and expanded over the fields of each index when the plan is made. */
export interface QueryStringQuery extends Scored {
  readonly kind: "query_string";
  readonly text: string;
  readonly options: QueryStringOptions;
}

/** A query language without mistakes: `+`, `|`, `-`, quotes, `*`, `~` and parentheses. */
export interface SimpleQueryStringQuery extends Scored {
  readonly kind: "simple_query_string";
  readonly text: string;
  /** Bits of the signs that are read as such. */
  readonly flags: number;
  readonly options: QueryStringOptions;
}

/** Options of `query_string`, defaults filled in. */
export interface QueryStringOptions {
  /** Field or pattern of clauses that name none; `*` when neither it nor `fields` is given, undefined beside `fields`. */
  readonly defaultField?: string | undefined;
  /** Fields or patterns of clauses that name none, with boosts; in place of `defaultField`. */
  readonly fields: readonly (readonly [pattern: string, boost: number])[];
  readonly defaultOperator: "or" | "and";
  /** undefined = true only when `*` is expanded. */
  readonly lenient?: boolean | undefined;
  readonly analyzeWildcard: boolean;
  readonly allowLeadingWildcard: boolean;
  readonly fuzziness: Fuzziness;
  readonly fuzzyPrefixLength: number;
  readonly fuzzyMaxExpansions: number;
  readonly fuzzyTranspositions: boolean;
  readonly phraseSlop: number;
  readonly minimumShouldMatch?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly type: "best_fields" | "phrase";
  /** Every special character of the text is taken literally. */
  readonly escape: boolean;
}

export const MATCH_ALL: MatchAllQuery = Object.freeze({ kind: "match_all", boost: 1 });
export const MATCH_NONE: MatchNoneQuery = Object.freeze({ kind: "match_none" });
