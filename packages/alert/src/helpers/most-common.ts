import type { Hit } from "../document/event.ts";
import { valuesAt } from "./values.ts";

/** A value and how many events have it. */
export interface Counted {
  readonly value: string;
  readonly count: number;
}

/**
 * Counts the values of one field over events: most common first, ties by first appearance. Events without the field are
 * passed over; an event with a list counts once for each element.
 *
 * @param path - Below `_source`, e.g. `hostname` or `details.ip`.
 * @param limit - How many to return. Default: all.
 * @see MozDef `alerts/lib/alerttask.py`, `mostCommon`.
 */
export const mostCommon = (
  events: readonly Pick<Hit, "_source">[],
  path: string,
  limit = Number.POSITIVE_INFINITY,
): readonly Counted[] => {
  const counts = new Map<string, number>();
  for (const event of events)
    for (const value of new Set(valuesAt(event._source, path).map(String)))
      counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, limit);
};
