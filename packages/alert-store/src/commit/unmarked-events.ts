import { StoreError } from "../store-error.ts";
import type { RefusedMark } from "./mark-events.ts";

/** Events of an alert that could not be marked: the alert is stored and delivered all the same, and covers them. */
export interface UnmarkedEvents {
  /** The own name of the alert. */
  readonly name: string;
  /** How many. */
  readonly count: number;
  /** `STORE_MARK_REFUSED`. */
  readonly error: StoreError;
}

interface Unmarked {
  readonly index: string;
  readonly reason: string;
}

/** One error for each alert, however many of its events are concerned. */
export const unmarkedEvents = (refused: readonly RefusedMark[]): readonly UnmarkedEvents[] => {
  const byName = new Map<string, [Unmarked, ...Unmarked[]]>();
  for (const { mark, reason } of refused)
    for (const name of mark.alert_names) {
      const unmarked = { index: mark._index, reason };
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [unmarked]);
      else known.push(unmarked);
    }
  return [...byName].map(([name, events]) => ({ name, count: events.length, error: markRefused(name, events) }));
};

const markRefused = (name: string, [first, ...others]: readonly [Unmarked, ...Unmarked[]]): StoreError =>
  new StoreError(
    "STORE_MARK_REFUSED",
    `${others.length === 0 ? "One event" : `${others.length + 1} events`} of ${name} cannot be marked as alerted. First in ${first.index}: ${first.reason}`,
  );
