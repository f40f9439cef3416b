import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { bulk, isRetryable, type Operation } from "../requests/bulk.ts";
import { indexOfEntry, type SlotEntry } from "./entry.ts";

/**
 * Entries that are carried out and do not say so yet. That is written with the next entry, so that it costs no request; who finds one that
 * does not say so carries it out again, which changes nothing.
 */
const UNSAID = new WeakMap<AlertStore, Map<string, EntryPlace>>();

/** Where an entry is. What it has decided is not held: that may be the events of a group of a million. */
interface EntryPlace {
  readonly id: string;
  readonly entry: Pick<SlotEntry, "utctimestamp">;
}

const unsaidOf = (store: AlertStore): Map<string, EntryPlace> => {
  const unsaid = UNSAID.get(store) ?? new Map<string, EntryPlace>();
  UNSAID.set(store, unsaid);
  return unsaid;
};

/** Entries that are carried out. */
export const noteApplied = (store: AlertStore, entries: readonly EntryPlace[]): void => {
  const unsaid = unsaidOf(store);
  for (const { id, entry } of entries) unsaid.set(id, { id, entry: { utctimestamp: entry.utctimestamp } });
};

/** Writes that say it, to be sent with others. */
export interface AppliedOperations {
  readonly operations: readonly Operation[];
  /** @param items - What came of them. Those that failed are said another time. */
  readonly settle: (items: readonly (estypes.BulkResponseItem | undefined)[]) => void;
}

export const appliedOperations = (store: AlertStore): AppliedOperations => {
  const unsaid = unsaidOf(store);
  const entries = [...unsaid.values()];
  return {
    operations: entries.map((entry) => appliedOperation(store, entry)),
    settle: (items) => {
      for (const [position, { id }] of entries.entries()) {
        const item = items[position];
        if (item !== undefined && !isRetryable(item)) unsaid.delete(id);
      }
    },
  };
};

/** @param fields - What else has come out. Default: nothing. */
export const appliedOperation = (store: AlertStore, { id, entry }: EntryPlace, fields: object = {}): Operation => [
  { update: { _index: store.names.physical(indexOfEntry(entry)), _id: id } },
  { doc: { status: "applied", ...fields } },
];

/**
 * Says it now, for whoever looks next.
 *
 * @throws {StoreError} when the store does not answer.
 */
export const sayApplied = async (store: AlertStore): Promise<void> => {
  const { operations, settle } = appliedOperations(store);
  if (operations.length > 0) settle(await bulk(store, "Cannot record what a slot has come to", operations));
};
