import type { AlertStore } from "../alert-store.ts";
import type { RefusedMark } from "../commit/mark-events.ts";
import { type UnmarkedEvents, unmarkedEvents } from "../commit/unmarked-events.ts";
import { bulk } from "../requests/bulk.ts";
import { StoreError, storeError } from "../store-error.ts";
import { applyPieces } from "./apply.ts";
import { appliedOperation, noteApplied, sayApplied } from "./applied.ts";
import { failuresOf } from "./failures.ts";
import { openEntries, readPieces, type StoredEntry } from "./read-entries.ts";

/** Entries finished in one round. */
const CHUNK = 100;

/** For so long after its slot it is tried to carry out a decision, in milliseconds: a day. */
const TRIED_MS = 86_400_000;

export interface FinishOptions {
  /** Only what was decided about alerts of these shards; null: about all. Default: about all. */
  readonly shards?: ReadonlySet<number> | null;
  /** What cannot be carried out a day after its slot is given up. Default: nothing is. */
  readonly now?: Date;
}

/** What {@link finishCommits} has found and finished. */
export interface FinishedCommits {
  /** How many decisions. */
  readonly finished: number;
  readonly unmarked: readonly UnmarkedEvents[];
  /** What could not be finished now, and is tried again with the next call. */
  readonly unfinished: readonly StoreError[];
  /** What the store will never take: it is recorded, and not tried again. */
  readonly refused: readonly StoreError[];
}

/**
 * Carries out what was decided and not carried out, since a process died or was paused, or a store went away. Due before the first run and
 * after a commit that failed. What cannot be finished holds up no other.
 *
 * @throws {StoreError} when the store does not answer.
 */
export const finishCommits = async (
  store: AlertStore,
  { shards = null, now }: FinishOptions = {},
): Promise<FinishedCommits> => {
  await sayApplied(store);
  let finished = 0;
  const unmarked: RefusedMark[] = [];
  const errors: StoreError[] = [];
  for (;;) {
    const entries = await openEntries(store, shards, CHUNK);
    for (const entry of entries) {
      const outcome = await finish(store, entry, isTooLate(entry, now));
      unmarked.push(...outcome.unmarked);
      errors.push(...outcome.errors);
      if (!outcome.errors.some(({ retryable }) => retryable)) finished += 1;
    }
    await sayApplied(store);
    const unfinished = errors.filter(({ retryable }) => retryable);
    // Whatever could not be finished would be found again at once.
    if (entries.length < CHUNK || unfinished.length > 0)
      return {
        finished,
        unmarked: unmarkedEvents(unmarked),
        unfinished,
        refused: errors.filter(({ retryable }) => !retryable),
      };
  }
};

const isTooLate = ({ entry }: StoredEntry, now: Date | undefined): boolean =>
  now !== undefined && now.getTime() - Date.parse(entry.utctimestamp) > TRIED_MS;

/** One entry; its failure is its own. @param isLast - Whether what fails now is given up. */
const finish = async (store: AlertStore, entry: StoredEntry, isLast: boolean): Promise<Finished> => {
  try {
    const pieces = await readPieces(store, entry);
    const { errors, unmarked } = await applyPieces(store, pieces);
    const all = [...errors.values()].map((error) => (isLast ? givenUp(error) : error));
    if (all.length === 0) noteApplied(store, [entry]);
    else if (!all.some(({ retryable }) => retryable)) await say(store, entry, failuresOf(pieces, errors));
    return { errors: all, unmarked };
  } catch (cause) {
    return { errors: [storeError("Cannot finish what a slot has decided", cause)], unmarked: [] };
  }
};

const givenUp = (error: StoreError): StoreError =>
  new StoreError(error.code, `${error.message} It was tried for a day and is given up.`, { cause: error });

interface Finished {
  readonly errors: readonly StoreError[];
  readonly unmarked: readonly RefusedMark[];
}

const say = async (store: AlertStore, entry: StoredEntry, failures: object): Promise<void> => {
  await bulk(store, "Cannot record what a slot has come to", [appliedOperation(store, entry, failures)]);
};
