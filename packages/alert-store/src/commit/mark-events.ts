import type { estypes } from "@elastic/elasticsearch";
import { isOwnEvents } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { ownAmong } from "../own-indices.ts";
import { storeError } from "../store-error.ts";
import { isBusy, type Operation, problemOf } from "../requests/bulk.ts";
import { type EventMark, type MarkFields, markedFields } from "./event-mark.ts";
import { type KnownMark, type KnownMarks, markKey } from "./known-marks.ts";

const CONFLICT = 409;
const MISSING = 404;

/** An event that has not taken its mark, and why. */
export interface RefusedMark {
  readonly mark: EventMark;
  readonly reason: string;
}

/** A mark as a partial update of what its event holds now, with its version: no other change of the event is lost. */
export interface MarkUpdate {
  readonly mark: EventMark;
  readonly operation: Operation;
}

/**
 * Marks in the service's own events: `alerts`, `alert_names`. They save searches the events that are covered, and dashboards built on
 * MozDef's data read them; what decides is noted elsewhere. Events of others are only read.
 *
 * @param known - Events that are missing in it are read first.
 * @returns updates for those that lack a mark; events that are gone are left out.
 * @throws {StoreError} when the store does not answer.
 */
export const markUpdates = async (
  store: AlertStore,
  marks: readonly EventMark[],
  known: KnownMarks,
): Promise<readonly MarkUpdate[]> => {
  const near = marks.filter(({ _index }) => isOwnEvents(_index));
  const own = await ownAmong(
    store,
    near.map(({ _index }) => _index),
  );
  const wanted = near.filter(({ _index }) => own.has(_index));
  const read = await readMarks(
    store,
    wanted.filter((mark) => !known.has(markKey(mark))),
  );
  return wanted.flatMap((mark) => {
    const current = known.get(markKey(mark)) ?? read.get(markKey(mark));
    const doc = current === undefined ? null : markedFields(current.fields, mark);
    if (current === undefined || doc === null) return [];
    const header = { update: { _index: store.names.physical(mark._index), _id: mark._id, ...current.version } };
    return [{ mark, operation: [header, { doc }] }];
  });
};

/** Events read in one request. */
const CHUNK = 5_000;

const readMarks = async (store: AlertStore, marks: readonly EventMark[]): Promise<KnownMarks> => {
  const found: [string, KnownMark][] = [];
  for (let start = 0; start < marks.length; start += CHUNK)
    for (const document of await readChunk(store, marks.slice(start, start + CHUNK))) {
      if ("error" in document || !document.found) continue;
      const { _index, _id, _source = {}, _seq_no = 0, _primary_term = 1 } = document;
      const version = { if_seq_no: _seq_no, if_primary_term: _primary_term };
      found.push([markKey({ _index: store.names.logical(_index), _id }), { fields: _source, version }]);
    }
  return new Map(found);
};

const readChunk = async (
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

/** What became of marks. */
export interface MarkOutcome {
  /** Somebody else has changed the event meanwhile, or the store was busy: worth another try. */
  readonly again: readonly EventMark[];
  readonly refused: readonly RefusedMark[];
}

/** @param items - Of the bulk request, one for each update. */
export const markOutcome = (
  updates: readonly MarkUpdate[],
  items: readonly (estypes.BulkResponseItem | undefined)[],
): MarkOutcome => {
  const again: EventMark[] = [];
  const refused: RefusedMark[] = [];
  for (const [position, { mark }] of updates.entries()) {
    const item = items[position];
    const reason = problemOf(item);
    if (reason === null || item?.status === MISSING) continue;
    if (item === undefined || item.status === CONFLICT || isBusy(item)) again.push(mark);
    else refused.push({ mark, reason });
  }
  return { again, refused };
};
