import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { StoreError, storeError } from "../store-error.ts";
import { bulk, checkItem } from "./bulk.ts";
import { type EventMark, type MarkFields, markedFields } from "./event-mark.ts";
import type { StateDocument } from "./state-document.ts";

/** Several services can mark one event at the same time; each round one of them gets through. */
const MOST_ROUNDS = 10;

const CONFLICT = 409;
const MISSING = 404;

/**
 * Second step of a commit: adds each alert to the events it covers (`alerts`, `alert_names`), and stores what alerts keep between
 * runs. Partial updates with versions: no other change of an event is lost. Doing it again changes nothing.
 *
 * Events that are gone are passed over. Ends with one refresh, so that the next run sees the marks.
 *
 * @throws {StoreError} `STORE_WRITE_FAILED`, `STORE_CONFLICT`.
 */
export const markEvents = async (
  store: AlertStore,
  marks: readonly EventMark[],
  documents: readonly StateDocument[],
): Promise<void> => {
  let [open, writes] = [marks, documents];
  for (let round = 0; open.length > 0 || writes.length > 0; round++) {
    if (round === MOST_ROUNDS) throw stillChanging(open.length);
    open = await markOnce(store, open, writes);
    writes = [];
  }
};

const stillChanging = (count: number): StoreError =>
  new StoreError("STORE_CONFLICT", `${count} events could not be marked: they kept being changed by others.`, {
    retryable: true,
  });

/** @returns the marks that met a conflict. */
const markOnce = async (
  store: AlertStore,
  marks: readonly EventMark[],
  documents: readonly StateDocument[],
): Promise<readonly EventMark[]> => {
  const updates = await updatesOf(store, marks);
  const operations = [
    ...updates.flatMap(({ header, doc }) => [{ update: header }, { doc }]),
    ...documents.flatMap(({ index, id, source }) => [
      { index: { _index: store.names.physical(index), _id: id } },
      source,
    ]),
  ];
  if (operations.length === 0) return [];
  const items = await bulk(store, "Cannot mark events", operations, { refresh: true });
  for (const item of items.slice(updates.length)) checkItem("Cannot keep the state of an alert", item);
  return updates.flatMap(({ mark }, position) => {
    const item = items[position];
    if (item?.status === CONFLICT) return [mark];
    if (item?.status !== MISSING) checkItem("Cannot mark an event", item);
    return [];
  });
};

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
