import type { Hit } from "../document/event.ts";

/** A group of events with the same value of the aggregation's field. */
export interface Group {
  readonly value: string;
  /** All events of the group by time, then id. */
  readonly events: readonly Hit[];
}

/** What a search found. Which part is filled follows from the kind of the search. */
export type Finding =
  | { readonly kind: "eachEvent"; readonly hits: readonly Hit[] }
  | { readonly kind: "aggregation"; readonly groups: readonly Group[] }
  | { readonly kind: "noEvent"; readonly found: boolean };

/** Order of groups: largest first, then by value. */
export const bySize = (a: Group, b: Group): number =>
  b.events.length - a.events.length || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);
