import { mozdefSchema } from "@mozdef/query/mozdef";

/** An event as stored. Open by nature: read it through the helpers (`valueAt`, `textAt`) or check types yourself. */
export type EventSource = Readonly<Record<string, unknown>>;

/** A stored document with its address. `_index` is the name without any prefix of the store. */
export interface Hit<Source = EventSource> {
  readonly _index: string;
  readonly _id: string;
  readonly _source: Source;
}

/** Events of one index of which only the ids are at hand: a million of them fit into memory. */
export interface EventIds {
  readonly index: string;
  readonly ids: readonly string[];
}

/** Events in the order they have everywhere: by their first time field, then by id, so that every run of an alert sees the same one first. */
export const sortedByTime = (hits: readonly Hit[]): Hit[] =>
  hits
    .map((hit) => ({ hit, time: timeOf(hit) }))
    .sort((a, b) => a.time - b.time || (a.hit._id < b.hit._id ? -1 : a.hit._id > b.hit._id ? 1 : 0))
    .map(({ hit }) => hit);

/** Events without a readable time come last. */
const timeOf = (hit: Hit): number => {
  const stamp = hit._source[mozdefSchema.time[0]];
  const ms = typeof stamp === "string" ? Date.parse(stamp) : typeof stamp === "number" ? stamp : Number.NaN;
  return Number.isNaN(ms) ? Number.MAX_SAFE_INTEGER : ms;
};
