import { valueAt } from "./value-at.ts";

/** An event as stored. Open by nature: read it through the helpers (`valueAt`, `textAt`) or check types yourself. */
export type EventSource = Readonly<Record<string, unknown>>;

/** A stored document with its address. `_index` is the name without any prefix of the store. */
export interface Hit<Source = EventSource> {
  readonly _index: string;
  readonly _id: string;
  readonly _source: Source;
  /** The event as it is stored, where `_source` shows it in MozDef's shape. Alerts embed it. Default: `_source`. */
  readonly original?: EventSource;
}

/** Events of one index of which only the ids are at hand: a million of them fit into memory. */
export interface EventIds {
  readonly index: string;
  readonly ids: readonly string[];
}

/**
 * Events in the order they have everywhere: by their first time field, then by id, so that every run of an alert sees the same one
 * first.
 *
 * @param timeField - The first time field of their source.
 */
export const sortedByTime = (hits: readonly Hit[], timeField: string): Hit[] =>
  hits
    .map((hit) => ({ hit, time: timeOf(hit, timeField) }))
    .sort((a, b) => a.time - b.time || (a.hit._id < b.hit._id ? -1 : a.hit._id > b.hit._id ? 1 : 0))
    .map(({ hit }) => hit);

/** The time of an event in milliseconds; one without a readable time comes last. */
export const timeOf = ({ _source }: Pick<Hit, "_source">, field: string): number => {
  const stamp = valueAt(_source, field);
  const ms = typeof stamp === "string" ? Date.parse(stamp) : typeof stamp === "number" ? stamp : Number.NaN;
  return Number.isNaN(ms) ? Number.MAX_SAFE_INTEGER : ms;
};
