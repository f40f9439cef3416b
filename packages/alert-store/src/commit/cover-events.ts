import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { coverageOperations } from "../coverage/coverage-document.ts";
import { coverageIndex } from "../names.ts";
import { ensureIndices } from "../own-indices.ts";
import { StoreError } from "../store-error.ts";
import { bulk, itemError, type Operation } from "../requests/bulk.ts";
import type { Delivery, WholeDelivery } from "./delivery.ts";
import { type EventMark, marksOf } from "./event-mark.ts";
import { type KnownMarks, NO_MARKS } from "./known-marks.ts";
import { markOutcome, markUpdates, type RefusedMark } from "./mark-events.ts";
import type { StateDocument } from "./state-document.ts";

/** Alerts whose events are to be covered. */
export interface CoverWanted {
  /** Alerts that are stored. */
  readonly stored: readonly WholeDelivery[];
  /** Alerts that a plugin dropped: their events count as alerted. */
  readonly dropped: readonly WholeDelivery[];
  /** What alerts keep between runs. */
  readonly state: readonly StateDocument[];
  readonly known?: KnownMarks;
  /** Whether the next search is to see it. Default true. */
  readonly refresh?: boolean;
}

/** What became of it. */
export interface CoverOutcome {
  /** Why it could not be noted what an alert covers, by the id of the alert: it is to be done again. */
  readonly uncovered: ReadonlyMap<string, StoreError>;
  /** In the order of `state`: why it was refused; null when it is stored. */
  readonly state: readonly (StoreError | null)[];
  /** Events without their mark. */
  readonly unmarked: readonly RefusedMark[];
}

/**
 * Second step of a commit: notes which events each alert covers, stores what alerts keep, and marks events. Doing it again changes
 * nothing. Ends with a refresh, so that the next run sees it.
 *
 * A mark that fails stops nothing: it only saves time. What cannot be noted or kept is an error of the alert it belongs to.
 *
 * @throws {StoreError} when the store does not answer.
 */
export const coverEvents = async (
  store: AlertStore,
  { stored, dropped, state, known = NO_MARKS, refresh = true }: CoverWanted,
): Promise<CoverOutcome> => {
  const covering = [...stored, ...dropped].filter(({ covers }) => covers.length > 0);
  if (covering.length === 0 && state.length === 0) return { uncovered: new Map(), state: [], unmarked: [] };
  await ensureIndices(
    store,
    covering.map(({ utctimestamp }) => coverageIndex(new Date(utctimestamp))),
  );
  const large = await coverFurther(store, stored, dropped);
  const { physical } = store.names;
  const notes = covering.map((delivery) => coverageOperations(coveringOf(delivery), physical));
  const unkeepable = await unkeepableOf(store, state);
  const kept = state
    .filter(({ index }) => !unkeepable.has(index))
    .map(({ index, id, source }): Operation => [{ index: { _index: physical(index), _id: id } }, source]);
  const marks = marksOf(stored, dropped);
  const updates = await markUpdates(store, marks, known);
  const operations = [...notes.flat(), ...kept, ...updates.map(({ operation }) => operation)];
  const items = new Items(await bulk(store, "Cannot note what alerts cover", operations, { refresh }));
  const uncovered = uncoveredOf(
    covering,
    notes.map(({ length }) => items.next(length)),
  );
  const stateErrors = state.map(
    ({ index }) => unkeepable.get(index) ?? itemError("Cannot keep the state of an alert", items.next(1)[0]),
  );
  const first = markOutcome(updates, items.next(updates.length));
  const again = await markAgain(store, first.again);
  return {
    uncovered: new Map([...large.uncovered, ...uncovered]),
    state: stateErrors,
    unmarked: [...large.unmarked, ...first.refused, ...again],
  };
};

/** Indices that state cannot be kept in, since they are somebody else's: costs the alerts that want it, and no other. */
const unkeepableOf = async (
  store: AlertStore,
  state: readonly StateDocument[],
): Promise<ReadonlyMap<string, StoreError>> => {
  const errors = new Map<string, StoreError>();
  for (const index of new Set(state.map((document) => document.index)))
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

/** What an alert covers beyond its own document: in pieces, each as if it were a small alert. */
const coverFurther = async (
  store: AlertStore,
  stored: readonly WholeDelivery[],
  dropped: readonly WholeDelivery[],
): Promise<Pick<CoverOutcome, "uncovered" | "unmarked">> => {
  const uncovered = new Map<string, StoreError>();
  const unmarked: RefusedMark[] = [];
  for (const [deliveries, areStored] of [
    [stored, true],
    [dropped, false],
  ] as const)
    for (const delivery of deliveries)
      for (const piece of piecesOf(delivery)) {
        const outcome = await coverEvents(store, {
          state: [],
          refresh: false,
          stored: areStored ? [piece] : [],
          dropped: areStored ? [] : [piece],
        });
        for (const [id, error] of outcome.uncovered) uncovered.set(id, error);
        unmarked.push(...outcome.unmarked);
      }
  return { uncovered, unmarked };
};

const piecesOf = function* ({ further, ...delivery }: WholeDelivery): Generator<WholeDelivery> {
  for (const { index, ids } of further)
    for (let start = 0; start < ids.length; start += CHUNK) {
      const covers = ids.slice(start, start + CHUNK).map((id) => [index, id] as const);
      yield { ...delivery, covers, further: [] };
    }
};

const coveringOf = ({ name, utctimestamp, covers }: Delivery) => ({
  name,
  utctimestamp,
  covers: covers.map(([_index, _id]) => ({ _index, _id })),
});

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

const uncoveredOf = (
  covering: readonly Delivery[],
  items: readonly (readonly (estypes.BulkResponseItem | undefined)[])[],
): ReadonlyMap<string, StoreError> => {
  const uncovered = new Map<string, StoreError>();
  for (const [position, { name, alert }] of covering.entries()) {
    const what = `Cannot note what an alert of ${name} covers`;
    const [error] = (items[position] ?? []).flatMap((item) => itemError(what, item) ?? []);
    if (error !== undefined) uncovered.set(alert._id, error);
  }
  return uncovered;
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
