export { explain, explainSearch } from "./explain.ts";
export { describeSpan } from "./parts.ts";
export { printExplanation } from "./print-explanation.ts";

export type { Scope } from "./ask-store.ts";
export type { ExplainOptions } from "./explain.ts";
export type {
  ClauseExplanation,
  ClausePart,
  Explanation,
  GroupExplanation,
  SearchExplanation,
} from "./explanation/explanation.ts";
export type { Marks } from "./print-explanation.ts";
