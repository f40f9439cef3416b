import { messageOf } from "@mozdef/alert";
import {
  type AlertStore,
  prepareTomorrow,
  pruneIndices,
  type Retention,
  restoreIndices,
  rotateIndices,
} from "@mozdef/alert-store";
import type { EngineObserver } from "../engine-observer.ts";

/** Keeps the indices of the service in order, once a day in UTC. */
export interface DailyMaintenance {
  /**
   * Does what is due; cheap to call again. What alerts do not depend on (the indices of tomorrow, expired days) may fail without
   * stopping them, and is tried again at the next call.
   *
   * Indices of the day that were deleted meanwhile are made again.
   *
   * @throws {StoreError} when the indices and aliases of the day cannot be put right: searches would look at the wrong days.
   */
  readonly run: (now: Date) => Promise<void>;
  /** What failed when it was tried last; null when nothing did. */
  readonly failure: unknown;
}

/**
 * Rotates indices and aliases, prepares the next day and deletes expired indices.
 *
 * Nothing is deleted on a day that the clock jumped to over others: it may be wrong, and by a clock that is half a year ahead
 * every event is too old. What is really expired goes a day later.
 */
export const dailyMaintenance = (
  store: AlertStore,
  retention: Retention,
  observer: EngineObserver = {},
): DailyMaintenance => {
  let done: string | null = null;
  let tomorrow: string | null = null;
  let failure: unknown = null;
  let lookedAt = Number.NEGATIVE_INFINITY;
  /** Whether all is there that was made: a person may have deleted it, or whatever tidies up. */
  const look = async (now: Date): Promise<void> => {
    if (Math.abs(now.getTime() - lookedAt) < LOOK_MS) return;
    lookedAt = now.getTime();
    const restored = await restoreIndices(store, now);
    if (restored.length > 0) observer.onIndicesRestored?.(restored);
  };
  const prune = async (now: Date): Promise<void> => {
    const isExpected = tomorrow === null || dayOf(now) <= tomorrow;
    const deleted = isExpected ? await pruneIndices(store, now, retention) : [];
    if (deleted.length > 0) observer.onPruned?.(deleted);
  };
  return {
    get failure() {
      return failure;
    },
    run: async (now) => {
      const day = dayOf(now);
      if (done === day) {
        await look(now);
        return;
      }
      await rotateIndices(store, now);
      const before = failure;
      failure = (await failureOf(prepareTomorrow(store, now))) ?? (await failureOf(prune(now)));
      if (failure === null) {
        done = day;
        tomorrow = dayOf(new Date(now.getTime() + DAY_MS));
      } else if (messageOf(failure) !== messageOf(before)) observer.onMaintenanceFailure?.(failure);
    },
  };
};

/** Between two looks for indices that are gone. */
const LOOK_MS = 10_000;

const failureOf = (work: Promise<void>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

const DAY_MS = 86_400_000;

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
