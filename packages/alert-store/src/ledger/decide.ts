import type { AlertStore } from "../alert-store.ts";
import { ensureIndices } from "../own-indices.ts";
import { bulk, itemError, type Operation } from "../requests/bulk.ts";
import type { StoreError } from "../store-error.ts";
import { appliedOperations } from "./applied.ts";
import { chainEnd, noteChain } from "./chain-ends.ts";
import { entryId, indexOfEntry, type Parts, type Piece, shardOf, type SlotEntry } from "./entry.ts";
import { lotsOf } from "./pieces.ts";
import { partId } from "./part-id.ts";
import { readChain, type StoredEntry, type WholeEntry } from "./read-entries.ts";
import { randomUUID } from "node:crypto";

/** A run of a decision: what it wants, and its place among those that were given. */
export interface DecidedRun {
  readonly name: string;
  readonly isFinal: boolean;
  readonly pieces: readonly Piece[];
  readonly place: number;
}

/** Runs that are decided together. */
export interface Group {
  /** Null: of no slot of others, since somebody asked for the run. */
  readonly shard: number | null;
  readonly slot: Date;
  readonly runs: readonly DecidedRun[];
}

/** What is kept of runs, beside what follows from them. */
export interface EntryRecord {
  readonly health: "ok" | "error";
  readonly [field: string]: unknown;
}

/** An entry that was written, with its runs. */
export interface OwnEntry extends WholeEntry {
  readonly runs: readonly DecidedRun[];
}

/** Who has decided what. */
export interface Decided {
  readonly own: readonly OwnEntry[];
  /** By the place of the run: the entry that had decided its slot before. */
  readonly others: ReadonlyMap<number, StoredEntry>;
  /** By the place of the run: why nothing is decided about it. */
  readonly failed: ReadonlyMap<number, StoreError>;
}

const CONFLICT = 409;
const WHAT = "Cannot record what a slot has decided";

/**
 * Writes what was decided about slots, each entry with `create`: of two that decide about one alert and slot, the first has decided.
 *
 * @throws {StoreError} when the store does not answer.
 */
export const decide = async (
  store: AlertStore,
  groups: readonly Group[],
  record: (runs: readonly DecidedRun[]) => EntryRecord,
): Promise<Decided> => {
  const own: OwnEntry[] = [];
  const others = new Map<number, StoredEntry>();
  const failed = new Map<number, StoreError>();
  let open = groups.map((group): Open => ({ ...group, position: firstPosition(store, group) }));
  while (open.length > 0) {
    const next: Open[] = [];
    const attempts: Attempt[] = [];
    for (const group of open) attempts.push({ group, entry: await entryOf(store, group, record) });
    const items = await create(
      store,
      attempts.map(({ entry }) => entry),
    );
    for (const [index, { group, entry }] of attempts.entries()) {
      const item = items[index];
      const error = itemError(WHAT, item);
      if (error !== null) for (const { place } of entry.runs) failed.set(place, error);
      else if (item?.status === CONFLICT) next.push(...(await afterOthers(store, group, others)));
      else {
        own.push(entry);
        noteOwn(store, group);
      }
    }
    open = next;
  }
  return { own, others, failed };
};

interface Open extends Group {
  readonly position: number;
}

interface Attempt {
  readonly group: Open;
  readonly entry: OwnEntry;
}

/** Behind the entries that are known, as long as they say nothing about these alerts. */
const firstPosition = (store: AlertStore, { shard, slot, runs }: Group): number => {
  const end = shard === null ? null : chainEnd(store, shard, slot);
  return end === null || runs.some(({ name }) => end.decided.has(name)) ? 0 : end.position;
};

/** A slot that is run again, or that has been, is to be gone on with where it is. */
const noteOwn = (store: AlertStore, { shard, slot, runs, position }: Open): void => {
  const isRunAgain = position > 0 || runs.some(({ isFinal }) => !isFinal);
  if (shard === null || !isRunAgain) return;
  const decided = runs.filter(({ isFinal }) => isFinal).map(({ name }) => name);
  noteChain(store, { shard, slot }, position + 1, decided);
};

/** The alerts that an entry decides about. */
const decidedBy = ({ names, again = [] }: SlotEntry): readonly string[] =>
  again.length === 0 ? names : names.filter((name) => !again.includes(name));

/** Somebody else has decided about the slot and shard: about some of these alerts, or about others that ran by themselves. */
const afterOthers = async (
  store: AlertStore,
  group: Open,
  others: Map<number, StoredEntry>,
): Promise<readonly Open[]> => {
  const chain = await readChain(store, group);
  const { shard, slot } = group;
  const position = group.position + chain.length;
  if (shard !== null)
    noteChain(
      store,
      { shard, slot },
      position,
      chain.flatMap(({ entry }) => decidedBy(entry)),
    );
  const open: DecidedRun[] = [];
  for (const run of group.runs) {
    const before = chain.find(({ entry }) => decidedBy(entry).includes(run.name));
    if (before === undefined) open.push(run);
    else others.set(run.place, before);
  }
  return open.length === 0 ? [] : [{ ...group, runs: open, position }];
};

const entryOf = async (
  store: AlertStore,
  { shard, slot, runs, position }: Open,
  record: (runs: readonly DecidedRun[]) => EntryRecord,
): Promise<OwnEntry> => {
  const pieces = runs.flatMap((run) => run.pieces);
  const again = runs.filter(({ isFinal }) => !isFinal).map(({ name }) => name);
  const lots = lotsOf(pieces);
  const utctimestamp = slot.toISOString();
  const entry: SlotEntry = {
    ...record(runs),
    type: shard === null ? "asked" : "slot",
    status: pieces.length === 0 ? "applied" : "decided",
    utctimestamp,
    shard: shard ?? shardOf(runs[0]?.name ?? ""),
    names: runs.map(({ name }) => name),
    ...(again.length > 0 && { again }),
    runner: store.hostname,
    position,
    ...(lots.length === 1 && { pieces }),
    ...(lots.length > 1 && { parts: await storeParts(store, utctimestamp, lots) }),
  };
  return { id: shard === null ? randomUUID() : entryId(shard, slot, position), entry, runs, pieces };
};

/** Before the entry that counts them: parts without one mean nothing. One by one, so that only one is there as text at a time. */
const storeParts = async (
  store: AlertStore,
  utctimestamp: string,
  lots: readonly (readonly Piece[])[],
): Promise<Parts> => {
  const id = randomUUID();
  const index = indexOfEntry({ utctimestamp });
  await ensureIndices(store, [index]);
  for (const [position, pieces] of lots.entries()) {
    const _index = store.names.physical(index);
    const part: Operation = [{ create: { _index, _id: partId(id, position) } }, { type: "part", utctimestamp, pieces }];
    const [item] = await bulk(store, WHAT, [part]);
    const error = itemError(WHAT, item);
    if (error !== null) throw error;
  }
  return { id, count: lots.length };
};

/** With what earlier decisions have come to, so that this takes no request of its own. */
const create = async (store: AlertStore, entries: readonly OwnEntry[]) => {
  await ensureIndices(
    store,
    entries.map(({ entry }) => indexOfEntry(entry)),
  );
  const operations = entries.map(({ id, entry }): Operation => [
    { create: { _index: store.names.physical(indexOfEntry(entry)), _id: id } },
    entry,
  ]);
  const applied = appliedOperations(store);
  const items = await bulk(store, WHAT, [...operations, ...applied.operations]);
  applied.settle(items.slice(operations.length));
  return items.slice(0, operations.length);
};
