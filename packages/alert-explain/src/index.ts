export { explain, explainSearch } from "./explain.ts";
export { ExplainError } from "./explain-error.ts";
export { nearMisses } from "./near-misses.ts";
export { describeSpan } from "./describe-span.ts";
export { printExplanation } from "./print-explanation.ts";

export type { ExplainErrorCode } from "./explain-error.ts";
export type { NearMiss } from "./near-misses.ts";
export type { Scope } from "./scope.ts";
export type { ExplainOptions } from "./explain.ts";
export type {
  ClauseExplanation,
  ClausePart,
  Explanation,
  GroupExplanation,
  GroupsExplanation,
  QueryExplanation,
  SearchExplanation,
} from "./explanation/explanation.ts";
export type { Marks } from "./print-explanation.ts";
