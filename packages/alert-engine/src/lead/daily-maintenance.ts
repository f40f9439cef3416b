import { type AlertStore, prepareTomorrow, pruneIndices, type Retention, rotateIndices } from "@mozdef/alert-store";
import type { EngineObserver } from "../engine-observer.ts";

/**
 * Rotates indices and aliases, prepares the next day and deletes expired indices, once a day in UTC. Cheap to call again.
 *
 * Nothing is deleted on a day that the clock jumped to over others: it may be wrong, and by a clock that is half a year ahead
 * every event is too old. What is really expired goes a day later.
 */
export const dailyMaintenance = (
  store: AlertStore,
  retention: Retention,
  observer: EngineObserver = {},
): ((now: Date) => Promise<void>) => {
  let done: string | null = null;
  let tomorrow: string | null = null;
  return async (now) => {
    const day = dayOf(now);
    if (done === day) return;
    await rotateIndices(store, now);
    await prepareTomorrow(store, now);
    const isExpected = tomorrow === null || day <= tomorrow;
    const deleted = isExpected ? await pruneIndices(store, now, retention) : [];
    if (deleted.length > 0) observer.onPruned?.(deleted);
    done = day;
    tomorrow = dayOf(new Date(now.getTime() + DAY_MS));
  };
};

const DAY_MS = 86_400_000;

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
