import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { coverageOperations } from "../coverage/coverage-document.ts";
import { dispatchOperations, type QueuedFor, unqueuedOf } from "../dispatch/queue-dispatches.ts";
import { coverageIndex } from "../names.ts";
import { ensureIndices } from "../own-indices.ts";
import { StoreError } from "../store-error.ts";
import { bulk, itemError, type Operation } from "../requests/bulk.ts";
import type { DocumentVersion } from "../requests/hits.ts";
import type { Covers } from "./covers.ts";
import { type EventMark, marksOf } from "./event-mark.ts";
import { type KnownMarks, NO_MARKS } from "./known-marks.ts";
import { markOutcome, markUpdates, type RefusedMark } from "./mark-events.ts";
import type { StateDocument } from "./state-document.ts";

/** What an alert keeps, and what it replaces; null when there must be none. */
export interface Kept {
  readonly document: StateDocument;
  readonly replaces: DocumentVersion | null;
}

/** What is to be stored once the alerts are. */
export interface CoverWanted {
  readonly covering: readonly Covers[];
  /** What alerts keep between runs. */
  readonly state: readonly Kept[];
  /** Alerts on their way to targets. */
  readonly queued: readonly QueuedFor[];
  readonly known: KnownMarks;
}

/** What became of it. */
export interface CoverOutcome {
  /** In the order of `covering`: why it could not be noted; null when it is. */
  readonly covering: readonly (StoreError | null)[];
  /** In the order of `state`: why it was refused; null when it is stored. */
  readonly state: readonly (StoreError | null)[];
  /** Why an alert could not be queued, by its id. */
  readonly unqueued: ReadonlyMap<string, StoreError>;
  /** Events without their mark. */
  readonly unmarked: readonly RefusedMark[];
}

/**
 * Notes which events each alert covers, stores what alerts keep, queues alerts for their targets, and marks events, in one request. Doing it
 * again changes nothing. Ends with a refresh, so that the next run sees it.
 *
 * A mark that fails stops nothing: it only saves time. What cannot be noted or kept is an error of the alert it belongs to.
 *
 * @throws {StoreError} when the store does not answer.
 */
export const coverEvents = async (
  store: AlertStore,
  { covering, state, queued, known }: CoverWanted,
): Promise<CoverOutcome> => {
  const noted = covering.filter(({ covers }) => covers.length > 0);
  await ensureIndices(
    store,
    noted.map(({ utctimestamp }) => coverageIndex(new Date(utctimestamp))),
  );
  const large = await coverLarge(store, covering.filter(isLarge));
  const small = covering.filter((one) => !isLarge(one));
  const notes = small.map((one) => coverageOperations(one, store.names.physical));
  const unkeepable = await unkeepableOf(store, state);
  const kept = state.filter(({ document }) => !unkeepable.has(document.index)).map((one) => keepOperation(store, one));
  const updates = await markUpdates(store, marksOf(small), known);
  const dispatches = await dispatchOperations(store, queued);
  const operations = [...notes.flat(), ...kept, ...dispatches, ...updates.map(({ operation }) => operation)];
  if (operations.length === 0)
    return { covering: covering.map((one) => large.errors.get(one) ?? null), state: [], unqueued: new Map(), ...large };
  const items = new Items(await bulk(store, "Cannot note what alerts cover", operations, { refresh: true }));
  const errors = new Map([...large.errors, ...notesFailed(small, notes, items)]);
  const stateErrors = state.map(
    ({ document: { index } }) =>
      unkeepable.get(index) ?? itemError("Cannot keep the state of an alert", items.next(1)[0]),
  );
  const unqueued = unqueuedOf(queued, items.next(dispatches.length));
  const first = markOutcome(updates, items.next(updates.length));
  const again = await markAgain(store, first.again);
  return {
    covering: covering.map((one) => errors.get(one) ?? null),
    state: stateErrors,
    unqueued,
    unmarked: [...large.unmarked, ...first.refused, ...again],
  };
};

/** Whoever has stored it, or something newer, meanwhile is not overwritten. */
const keepOperation = (store: AlertStore, { document: { index, id, source }, replaces }: Kept): Operation => {
  const place = { _index: store.names.physical(index), _id: id };
  return [replaces === null ? { create: place } : { index: { ...place, ...replaces } }, source];
};

/** Indices that state cannot be kept in, since they are somebody else's: costs the alerts that want it, and no other. */
const unkeepableOf = async (store: AlertStore, state: readonly Kept[]): Promise<ReadonlyMap<string, StoreError>> => {
  const errors = new Map<string, StoreError>();
  for (const index of new Set(state.map(({ document }) => document.index)))
    try {
      await ensureIndices(store, [index]);
    } catch (cause) {
      if (!(cause instanceof StoreError) || cause.retryable) throw cause;
      errors.set(index, cause);
    }
  return errors;
};

/** Events covered in one go, so that a million of them take no more memory than these. */
const CHUNK = 1_000;

const isLarge = ({ covers }: Covers): boolean => covers.reduce((sum, { ids }) => sum + ids.length, 0) > CHUNK;

interface LargeOutcome {
  readonly errors: ReadonlyMap<Covers, StoreError>;
  readonly unmarked: readonly RefusedMark[];
}

/** What has many events: in portions. */
const coverLarge = async (store: AlertStore, covering: readonly Covers[]): Promise<LargeOutcome> => {
  const errors = new Map<Covers, StoreError>();
  const unmarked: RefusedMark[] = [];
  for (const one of covering) {
    const portions = [...portionsOf(one)];
    for (const [position, portion] of portions.entries()) {
      const notes = coverageOperations(portion, store.names.physical);
      const updates = await markUpdates(store, marksOf([portion]), NO_MARKS);
      const operations = [...notes, ...updates.map(({ operation }) => operation)];
      // The last one has searches see all of them.
      const refresh = position === portions.length - 1;
      const items = new Items(await bulk(store, "Cannot note what alerts cover", operations, { refresh }));
      for (const [, error] of notesFailed([one], [notes], items)) errors.set(one, error);
      const first = markOutcome(updates, items.next(updates.length));
      unmarked.push(...first.refused, ...(await markAgain(store, first.again)));
    }
  }
  return { errors, unmarked };
};

const portionsOf = function* ({ covers, ...one }: Covers): Generator<Covers> {
  for (const { index, ids } of covers)
    for (let start = 0; start < ids.length; start += CHUNK)
      yield { ...one, covers: [{ index, ids: ids.slice(start, start + CHUNK) }] };
};

/** The answer of a bulk request, dealt out in the order of what it was made of. */
class Items {
  readonly #items: readonly estypes.BulkResponseItem[];
  #next = 0;

  constructor(items: readonly estypes.BulkResponseItem[]) {
    this.#items = items;
  }

  next(count: number): readonly (estypes.BulkResponseItem | undefined)[] {
    const part = Array.from({ length: count }, (_, offset) => this.#items[this.#next + offset]);
    this.#next += count;
    return part;
  }
}

const notesFailed = (
  covering: readonly Covers[],
  notes: readonly (readonly Operation[])[],
  items: Items,
): ReadonlyMap<Covers, StoreError> => {
  const failed = new Map<Covers, StoreError>();
  for (const [position, one] of covering.entries()) {
    const what = `Cannot note what an alert of ${one.name} covers`;
    const [error] = items.next(notes[position]?.length ?? 0).flatMap((item) => itemError(what, item) ?? []);
    if (error !== undefined) failed.set(one, error);
  }
  return failed;
};

/** Several services can mark one event at the same time; each round one of them gets through. */
const MOST_ROUNDS = 10;

const markAgain = async (store: AlertStore, marks: readonly EventMark[]): Promise<readonly RefusedMark[]> => {
  const refused: RefusedMark[] = [];
  let open = marks;
  for (let round = 0; open.length > 0 && round < MOST_ROUNDS; round++) {
    const updates = await markUpdates(store, open, NO_MARKS);
    const operations = updates.map(({ operation }) => operation);
    const outcome = markOutcome(updates, await bulk(store, "Cannot mark events", operations, { refresh: true }));
    refused.push(...outcome.refused);
    open = outcome.again;
  }
  return [
    ...refused,
    ...open.map((mark) => ({ mark, reason: "it kept being changed by others, or the store was busy" })),
  ];
};
