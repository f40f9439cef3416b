import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { eventIndex } from "../names.ts";
import { ensureIndices } from "../own-indices.ts";
import { reasonOf, storeError } from "../store-error.ts";
import { readEvent } from "./read-event.ts";
import { renameMarks } from "./rename-marks.ts";
import { withDefaults } from "./default-fields.ts";

/** What became of one event, in the order given. */
export type SavedEvent =
  | { readonly ok: true; readonly _index: string; readonly _id: string }
  /** `status` as of HTTP: 400 when the event is wrong, 429 when the store has no room now. */
  | { readonly ok: false; readonly status: number; readonly reason: string };

export interface SaveEventsOptions {
  /** When the events were received; also the day of the index. */
  readonly now: Date;
  /** Another index or alias than the day's. */
  readonly index?: string;
  /** Whether searches see the events at once. Default: after the refresh interval of the index. */
  readonly refresh?: boolean;
  /**
   * Whether `alerts` and `alert_names` of the events are believed: for tests and copies of stored events. Default false; senders
   * have no say in it, see `renameMarks`.
   */
  readonly keepMarks?: boolean;
  /** Gives each event its id. Default: the store does. */
  readonly nextId?: () => string;
}

/** Events in one bulk request. */
const CHUNK = 2_000;

/**
 * Saves events with MozDef's default fields. Each event stands for itself: what is wrong is refused with its reason, the
 * rest is saved.
 *
 * @throws {StoreError} when the store does not answer or refuses the whole request; events of earlier requests are saved then.
 */
export const saveEvents = async (
  store: AlertStore,
  events: readonly unknown[],
  options: SaveEventsOptions,
): Promise<readonly SavedEvent[]> => {
  const { now, index = eventIndex(now) } = options;
  if (index === eventIndex(now)) await ensureIndices(store, [index]);
  const results: SavedEvent[] = [];
  for (let start = 0; start < events.length; start += CHUNK)
    results.push(...(await saveChunk(store, events.slice(start, start + CHUNK), options)));
  return results;
};

const saveChunk = async (
  store: AlertStore,
  values: readonly unknown[],
  options: SaveEventsOptions,
): Promise<readonly SavedEvent[]> => {
  const { now, keepMarks = false } = options;
  const read = values.map(readEvent);
  const good = read.flatMap((result) =>
    result.ok
      ? [withDefaults(keepMarks ? result.event : renameMarks(result.event), { now, hostname: store.hostname })]
      : [],
  );
  const items = good.length === 0 ? [] : await bulkIndex(store, good, options);
  let next = 0;
  return read.map((result): SavedEvent => {
    if (!result.ok) return { ok: false, status: 400, reason: result.reason };
    return savedEvent(store, items[next++]?.index);
  });
};

const bulkIndex = async (
  { client, names }: AlertStore,
  events: readonly Readonly<Record<string, unknown>>[],
  { now, index = eventIndex(now), refresh = false, nextId }: SaveEventsOptions,
): Promise<estypes.BulkResponse["items"]> => {
  try {
    const { items } = await client.bulk({
      index: names.physical(index),
      refresh,
      operations: events.flatMap((event) => [{ index: nextId === undefined ? {} : { _id: nextId() } }, event]),
    });
    return items;
  } catch (cause) {
    throw storeError(`Cannot save ${events.length} events`, cause);
  }
};

const savedEvent = ({ names }: AlertStore, item: estypes.BulkResponseItem | undefined): SavedEvent => {
  if (item === undefined) return { ok: false, status: 500, reason: "the store said nothing about this event" };
  if (item.error !== undefined) return { ok: false, status: item.status, reason: reasonOf(item.error) };
  return { ok: true, _index: names.logical(item._index), _id: item._id ?? "" };
};
