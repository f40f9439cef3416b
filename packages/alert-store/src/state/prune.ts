import type { AlertStore } from "../alert-store.ts";
import {
  AUDIT,
  auditIndex,
  COVERAGE,
  coverageIndex,
  DELIVERIES,
  deliveryIndex,
  eventIndex,
  slotIndex,
  SLOTS,
} from "../names.ts";
import { forgetIndices, ownIndices } from "../own-indices.ts";
import { storeError } from "../store-error.ts";

/** Days to keep; an index of an older day is deleted whole. Alerts are never deleted. */
export interface Retention {
  readonly eventsDays: number;
  readonly serviceDays: number;
  /** Of the audit log. Default: for ever. */
  readonly auditDays?: number;
}

const DAY_MS = 86_400_000;

/**
 * Deletes the daily indices that are older than allowed, however long they were overlooked. Indices that the service did
 * not make are left alone, whatever they are called.
 *
 * @returns the logical names of what was deleted.
 * @see MozDef `cron/pruneES.py`, which only ever deletes the index of one exact day.
 */
export const pruneIndices = async (
  store: AlertStore,
  now: Date,
  { eventsDays, serviceDays, auditDays }: Retention,
): Promise<readonly string[]> => {
  const before = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
  const oldest = [
    ...[eventIndex(before(eventsDays)), coverageIndex(before(eventsDays))],
    ...[slotIndex(before(serviceDays)), deliveryIndex(before(serviceDays))],
    ...(auditDays === undefined ? [] : [auditIndex(before(auditDays))]),
  ];
  try {
    const old = (await ownIndices(store, ["events-*", COVERAGE, SLOTS, DELIVERIES, AUDIT])).filter((name) =>
      isOlder(name, oldest),
    );
    if (old.length > 0)
      await store.client.indices.delete({ index: old.map(store.names.physical), ignore_unavailable: true });
    forgetIndices(store, old);
    return old;
  } catch (cause) {
    throw storeError("Cannot delete old indices", cause);
  }
};

/**
 * Deletes the oldest day of events that the service made itself; the present day is kept.
 *
 * @returns its logical name; null when none is left to delete.
 * @throws {StoreError}
 */
export const deleteOldestEvents = async (store: AlertStore, now: Date): Promise<string | null> => {
  try {
    const days = (await ownIndices(store, ["events-*"])).filter((name) => isOlder(name, [eventIndex(now)]));
    const [oldest] = days.sort();
    if (oldest === undefined) return null;
    await store.client.indices.delete({ index: store.names.physical(oldest), ignore_unavailable: true });
    forgetIndices(store, [oldest]);
    return oldest;
  } catch (cause) {
    throw storeError("Cannot delete the oldest day of events", cause);
  }
};

/** Names of one kind sort by their day, or by their month. */
const isOlder = (name: string, oldest: readonly string[]): boolean =>
  oldest.some((limit) => {
    const kind = limit.slice(0, limit.indexOf("-") + 1);
    return (
      name.startsWith(kind) && name.length === limit.length && /^\d+$/.test(name.slice(kind.length)) && name < limit
    );
  });
