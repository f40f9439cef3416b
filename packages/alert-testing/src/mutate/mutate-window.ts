import { describeSpan } from "@mozdef/alert-explain";
import type { QueryPlan } from "@mozdef/query";
import { changeQuery, labelOfQuery, queryAt, queryPlaces } from "./places/query-places.ts";
import { isSamePlace, LOOKUP } from "./search-places.ts";
import { caseOf, describeIn, listFor, type Mutant, type SearchPlace } from "./mutant/mutant.ts";
import { narrowed, SECOND, widened } from "./mutant/spans.ts";

/**
 * Moves the start of the window across the nearest event of the suite: further back over the youngest event that is too old,
 * forward over the oldest one that counts. Without such an event nothing can notice, which is what the suggestion says.
 */
export const windowMutants = (at: SearchPlace): readonly Mutant[] =>
  queryPlaces(at.search).flatMap((index) => mutantsOfWindow(at, index));

const mutantsOfWindow = (at: SearchPlace, index: number): readonly Mutant[] => {
  const windowMs = queryAt(at.search, index)?.plan.windowMs ?? null;
  if (windowMs === null) return [];
  const span = describeSpan(windowMs);
  const label = labelOfQuery(at.search, index);
  const [outside, inside] = [listFor(at, "more", index, "window"), listFor(at, "fewer", index, "window")];
  const changeWith =
    (change: (windowMs: number) => number | null): NonNullable<Mutant["changeSearch"]> =>
    (search, position) =>
      isSamePlace(at, search, position) && (position !== LOOKUP || index === 0)
        ? changeQuery(search, index, null, (plan) => withWindow(plan, change))
        : null;
  return [
    {
      key: `${at.position} ${index} widen`,
      description: describeIn(at, `${label}widen the window from ${span}`),
      suggestion: `No ${caseOf(outside)} has events that are just older than ${span}. Add one to "${outside}" with ${at.ages.times} ago({ seconds: ${Math.round(windowMs / SECOND) + 1} }), and all else as in the firing cases.`,
      changeSearch: changeWith((ms) => widened(ms, at.ages[outside])),
    },
    {
      key: `${at.position} ${index} narrow`,
      description: describeIn(at, `${label}narrow the window from ${span}`),
      suggestion: `No ${caseOf(inside)} depends on events that are almost ${span} old. Add one to "${inside}" with ${at.ages.times} ago({ seconds: ${Math.max(1, Math.round(windowMs / SECOND) - 1)} }).`,
      changeSearch: changeWith((ms) => narrowed(ms, at.ages[inside])),
    },
  ];
};

const withWindow = (plan: QueryPlan, change: (windowMs: number) => number | null): QueryPlan | null => {
  const windowMs = plan.windowMs === null ? null : change(plan.windowMs);
  return windowMs === null ? null : { ...plan, windowMs };
};
