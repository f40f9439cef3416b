import type { Search } from "@mozdef/alert";
import { describeSpan } from "@mozdef/alert-explain";
import { queryOf } from "@mozdef/query/tools";
import { isSamePlace } from "./search-places.ts";
import { caseOf, describeIn, type EventAges, listFor, type Mutant, type SearchPlace } from "./mutant/mutant.ts";

const SECOND = 1_000;

/**
 * Moves the start of the window across the nearest event of the suite: further back over the youngest event that is too old,
 * forward over the oldest one that counts. Without such an event nothing can notice, which is what the suggestion says.
 */
export const windowMutants = (at: SearchPlace): readonly Mutant[] => {
  const { windowMs } = at.search.query.plan;
  if (windowMs === null) return [];
  const span = describeSpan(windowMs);
  const [outside, inside] = [listFor(at, "more"), listFor(at, "fewer")];
  return [
    {
      key: `${at.position} widen`,
      description: describeIn(at, `widen the window from ${span}`),
      suggestion: `No ${caseOf(outside)} has events that are just older than ${span}. Add one to "${outside}" with ${at.ages.times} ago({ seconds: ${Math.round(windowMs / SECOND) + 1} }), and all else as in the firing cases.`,
      changeSearch: (search, position) =>
        isSamePlace(at, search, position) ? widened(search, at.ages[outside]) : null,
    },
    {
      key: `${at.position} narrow`,
      description: describeIn(at, `narrow the window from ${span}`),
      suggestion: `No ${caseOf(inside)} depends on events that are almost ${span} old. Add one to "${inside}" with ${at.ages.times} ago({ seconds: ${Math.max(1, Math.round(windowMs / SECOND) - 1)} }).`,
      changeSearch: (search, position) =>
        isSamePlace(at, search, position) ? narrowed(search, at.ages[inside]) : null,
    },
  ];
};

const widened = (search: Search, ages: EventAges["silent"]): Search | null => {
  const { windowMs } = search.query.plan;
  if (windowMs === null) return null;
  const older = ages.filter((age) => age > windowMs);
  return withWindow(search, older.length === 0 ? 2 * windowMs : Math.min(...older) + SECOND);
};

const narrowed = (search: Search, ages: EventAges["fires"]): Search | null => {
  const { windowMs } = search.query.plan;
  if (windowMs === null || windowMs <= SECOND) return null;
  const inside = ages.filter((age) => age > 0 && age <= windowMs);
  const nearest = inside.length === 0 ? windowMs / 2 : Math.max(...inside) - SECOND;
  return withWindow(search, Math.max(1, Math.min(Math.ceil(nearest), windowMs - 1)));
};

const withWindow = (search: Search, windowMs: number): Search => ({
  ...search,
  query: queryOf({ ...search.query.plan, windowMs }),
});
