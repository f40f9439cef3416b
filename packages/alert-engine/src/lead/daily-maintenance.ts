import { type AlertStore, prepareTomorrow, pruneIndices, type Retention, rotateIndices } from "@mozdef/alert-store";
import type { EngineObserver } from "../engine-observer.ts";

/** Rotates indices and aliases, prepares the next day and deletes expired indices, once a day in UTC. Cheap to call again. */
export const dailyMaintenance = (
  store: AlertStore,
  retention: Retention,
  observer: EngineObserver = {},
): ((now: Date) => Promise<void>) => {
  let done: string | null = null;
  return async (now) => {
    const day = now.toISOString().slice(0, 10);
    if (done === day) return;
    await rotateIndices(store, now);
    await prepareTomorrow(store, now);
    const deleted = await pruneIndices(store, now, retention);
    if (deleted.length > 0) observer.onPruned?.(deleted);
    done = day;
  };
};
