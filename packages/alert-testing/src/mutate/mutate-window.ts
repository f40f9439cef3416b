import type { Search } from "@mozdef/alert";
import { queryOf } from "@mozdef/query";
import { describeSpan } from "../explain/parts.ts";
import type { Mutant, SuiteFacts } from "./mutant.ts";

const SECOND = 1_000;

/**
 * Moves the start of the window across the nearest event of the suite: further back over the youngest event that is too old,
 * forward over the oldest one that fires. Without such an event nothing can notice, which is what the suggestion says.
 */
export const windowMutants = (search: Search, { ages }: SuiteFacts): readonly Mutant[] => {
  const { windowMs } = search.query.plan;
  if (windowMs === null) return [];
  const older = ages.silent.filter((age) => age > windowMs);
  const inside = ages.fires.filter((age) => age > 0 && age <= windowMs);
  const wider = older.length === 0 ? 2 * windowMs : Math.min(...older) + SECOND;
  const narrower = inside.length === 0 ? Math.ceil(windowMs / 2) : Math.max(SECOND, Math.max(...inside) - SECOND);
  const span = describeSpan(windowMs);
  return [
    {
      description: `widen the window from ${span}`,
      suggestion: `No silent case has events that are just older than ${span}. Add one to "silent": events as in "fires", but with utctimestamp and receivedtimestamp ago({ seconds: ${Math.round(windowMs / SECOND) + 1} }).`,
      changeSearch: (other) => withWindow(other, windowMs, wider),
    },
    ...(narrower >= windowMs
      ? []
      : [
          {
            description: `narrow the window from ${span}`,
            suggestion: `No firing case depends on events that are almost ${span} old. Add one to "fires" with utctimestamp and receivedtimestamp ago({ seconds: ${Math.max(1, Math.round(windowMs / SECOND) - 1)} }).`,
            changeSearch: (other: Search) => withWindow(other, windowMs, narrower),
          },
        ]),
  ];
};

const withWindow = (search: Search, from: number, to: number): Search | null =>
  search.query.plan.windowMs === from ? { ...search, query: queryOf({ ...search.query.plan, windowMs: to }) } : null;
