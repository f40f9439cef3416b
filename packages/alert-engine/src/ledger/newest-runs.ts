import { type AlertStore, SLOTS, storeError } from "@mozdef/alert-store";
import { newestEntries } from "./list-runs.ts";
import { type AlertRun, type RunDocument, runsOf } from "./run-record.ts";

/** Entries that are looked at: of sixteen shards in a minute of seconds, and some. */
const MOST_ENTRIES = 1_000;

/** How late a slot may be decided after a later one of another alert, to be seen still. */
const LATE_MS = 60_000;

/**
 * What has run at slots since a time, oldest first.
 *
 * @throws {StoreError} when the store does not answer.
 */
export const newestRuns = async (store: AlertStore, since: Date): Promise<readonly AlertRun[]> => {
  const from = new Date(since.getTime() - LATE_MS).toISOString();
  try {
    const filter = [{ term: { type: "slot" } }, { range: { utctimestamp: { gte: from } } }];
    await store.client.indices.refresh({ index: store.names.physical(SLOTS) });
    const entries = await newestEntries<RunDocument>(store, filter, MOST_ENTRIES);
    return entries.toReversed().flatMap(({ again = [], ...entry }) => {
      const runs = runsOf(entry);
      return again.length === 0 ? runs : runs.filter(({ alert }) => !again.includes(alert));
    });
  } catch (cause) {
    throw storeError("Cannot read what others have run", cause);
  }
};
