import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { StoreError, storeError } from "../store-error.ts";
import { bulk, checkItem, problemOf } from "./bulk.ts";
import { type EventMark, type MarkFields, markedFields } from "./event-mark.ts";
import type { StateDocument } from "./state-document.ts";

/** Several services can mark one event at the same time; each round one of them gets through. */
const MOST_ROUNDS = 10;

const CONFLICT = 409;
const MISSING = 404;
const TOO_MANY_REQUESTS = 429;

/** An event that will never take its mark, and why. */
export interface RefusedMark {
  readonly mark: EventMark;
  readonly reason: string;
}

/**
 * Second step of a commit: adds each alert to the events it covers (`alerts`, `alert_names`), and stores what alerts keep between
 * runs. Partial updates with versions: no other change of an event is lost. Doing it again changes nothing.
 *
 * Events that are gone are passed over. Ends with one refresh, so that the next run sees the marks.
 *
 * @returns the marks that the store refuses for good: the index is read-only or strict, or the credential may only read.
 * @throws {StoreError} `STORE_WRITE_FAILED`, `STORE_CONFLICT`: trying again can help.
 */
export const markEvents = async (
  store: AlertStore,
  marks: readonly EventMark[],
  documents: readonly StateDocument[],
): Promise<readonly RefusedMark[]> => {
  const refused: RefusedMark[] = [];
  let [open, writes] = [marks, documents];
  for (let round = 0; open.length > 0 || writes.length > 0; round++) {
    if (round === MOST_ROUNDS) throw stillChanging(open.length);
    const outcome = await markOnce(store, open, writes);
    refused.push(...outcome.refused);
    open = outcome.conflicts;
    writes = [];
  }
  return refused;
};

interface MarkOutcome {
  readonly conflicts: readonly EventMark[];
  readonly refused: readonly RefusedMark[];
}

const stillChanging = (count: number): StoreError =>
  new StoreError("STORE_CONFLICT", `${count} events could not be marked: they kept being changed by others.`, {
    retryable: true,
  });

const markOnce = async (
  store: AlertStore,
  marks: readonly EventMark[],
  documents: readonly StateDocument[],
): Promise<MarkOutcome> => {
  const updates = await updatesOf(store, marks);
  const operations = [
    ...updates.flatMap(({ header, doc }) => [{ update: header }, { doc }]),
    ...documents.flatMap(({ index, id, source }) => [
      { index: { _index: store.names.physical(index), _id: id } },
      source,
    ]),
  ];
  if (operations.length === 0) return { conflicts: [], refused: [] };
  const items = await bulk(store, "Cannot mark events", operations, { refresh: true });
  for (const item of items.slice(updates.length)) checkItem("Cannot keep the state of an alert", item);
  return outcomeOf(updates, items);
};

const outcomeOf = (updates: readonly MarkUpdate[], items: readonly estypes.BulkResponseItem[]): MarkOutcome => {
  const conflicts: EventMark[] = [];
  const refused: RefusedMark[] = [];
  for (const [position, { mark }] of updates.entries()) {
    const item = items[position];
    const problem = problemOf(item);
    if (problem === null || item?.status === MISSING) continue;
    if (item?.status === CONFLICT) conflicts.push(mark);
    else if (isForGood(item?.status)) refused.push({ mark, reason: problem });
    else checkItem("Cannot mark an event", item);
  }
  return { conflicts, refused };
};

/** A request that is wrong, or not allowed, stays so; a store that is busy or away comes back. */
const isForGood = (status = 500): boolean => status >= 400 && status < 500 && status !== TOO_MANY_REQUESTS;

interface MarkUpdate {
  readonly mark: EventMark;
  readonly header: estypes.BulkUpdateOperation;
  readonly doc: MarkFields;
}

/** Marks as partial updates of what the events hold now; those that are there already, or whose event is gone, are left out. */
const updatesOf = async (store: AlertStore, marks: readonly EventMark[]): Promise<readonly MarkUpdate[]> => {
  if (marks.length === 0) return [];
  const current = await currentMarks(store, marks);
  return marks.flatMap((mark, position): MarkUpdate[] => {
    const event = current[position];
    if (event === undefined || "error" in event || !event.found) return [];
    const doc = markedFields(event._source ?? {}, mark);
    if (doc === null) return [];
    const { _seq_no: if_seq_no, _primary_term: if_primary_term } = event;
    const version = if_seq_no === undefined || if_primary_term === undefined ? {} : { if_seq_no, if_primary_term };
    return [{ mark, doc, header: { _index: store.names.physical(mark._index), _id: mark._id, ...version } }];
  });
};

const currentMarks = async (
  { client, names }: AlertStore,
  marks: readonly EventMark[],
): Promise<readonly estypes.MgetResponseItem<MarkFields>[]> => {
  try {
    const { docs } = await client.mget<MarkFields>({
      docs: marks.map(({ _index, _id }) => ({
        _index: names.physical(_index),
        _id,
        _source: ["alerts", "alert_names"],
      })),
    });
    return docs;
  } catch (cause) {
    throw storeError("Cannot read the events of an alert", cause);
  }
};
