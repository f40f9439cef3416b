import type { Aggregator, Collect } from "../aggregations/aggregator.ts";
import type { SegmentScope } from "../hits/scope.ts";
import type { Matcher } from "../plan/matcher.ts";
import type { Plan } from "../plan/plan.ts";

/** The collectors that still need each document; some aggregations take a whole segment at once. */
export const remaining = (
  segments: readonly { readonly aggregator: Aggregator; readonly collect: Collect }[],
  { isAll }: Matcher,
  scope: SegmentScope,
  plan: Plan,
): readonly Collect[] => {
  const score = (): number => plan.constantScore ?? 0;
  const isWhole = isAll === true && scope.view.deleted === undefined;
  const remaining = isWhole
    ? segments.filter(({ aggregator }) => aggregator.takeAll?.(scope, score) !== true)
    : segments;
  return remaining.map(({ collect }) => collect);
};

/** One collector for all of them; undefined when there is none. */
export const together = (collectors: readonly Collect[]): Collect | undefined => {
  if (collectors.length < 2) return collectors[0];
  return (document, bucket, score) => {
    for (const collect of collectors) collect(document, bucket, score);
  };
};
