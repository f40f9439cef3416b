import type { AlertStore } from "../alert-store.ts";

/** What is known of the entries of one slot and shard. */
export interface ChainEnd {
  /** How many there are. */
  readonly position: number;
  /** Alerts about which they decide. */
  readonly decided: ReadonlySet<string>;
}

/** Chains that are known at a time: those of slots that are run again while the store fails. */
const MOST = 1_000;

/**
 * Where chains of entries end that have more than one, or will: an alert that runs again every minute while a cluster is away adds an entry each
 * time, and nobody is to read all of them from the start for that.
 */
const ENDS = new WeakMap<AlertStore, Map<string, ChainEnd>>();

const endsOf = (store: AlertStore): Map<string, ChainEnd> => {
  const ends = ENDS.get(store) ?? new Map<string, ChainEnd>();
  ENDS.set(store, ends);
  return ends;
};

const keyOf = (shard: number, slot: Date): string => `${shard} ${slot.getTime()}`;

/** Null when it is not known. */
export const chainEnd = (store: AlertStore, shard: number, slot: Date): ChainEnd | null =>
  endsOf(store).get(keyOf(shard, slot)) ?? null;

/** Adds what was read or written. */
export const noteChain = (
  store: AlertStore,
  { shard, slot }: { readonly shard: number; readonly slot: Date },
  position: number,
  decided: Iterable<string>,
): void => {
  const ends = endsOf(store);
  const key = keyOf(shard, slot);
  const known = ends.get(key)?.decided ?? [];
  ends.delete(key);
  ends.set(key, { position, decided: new Set([...known, ...decided]) });
  const [oldest] = ends.keys();
  if (ends.size > MOST && oldest !== undefined) ends.delete(oldest);
};
