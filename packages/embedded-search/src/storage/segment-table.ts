import type { DatabaseSync, StatementSync } from "node:sqlite";
import { crc32 } from "node:zlib";
import { ApiError } from "../errors/api-error.ts";
import { Bitset } from "../index/bitset.ts";
import type { ColumnCache } from "../index/column-cache.ts";
import { hashId } from "../index/id-run.ts";
import { FILTER_NAME, FILTERS_SEGMENT, PIECE_BYTES, pieceName } from "../index/segment-parts.ts";
import type { ReplacedSegment, SegmentEntry, SegmentStore, StoredRow, StoredSegment } from "../index/segment-store.ts";
import { type Background, type Chore, Pace } from "./background.ts";
import { deleteParts, droppedKeys } from "./dropped-indices.ts";
import { damagedPart } from "./storage-error.ts";

/** Increase this when the same document would be indexed or packed differently: segments of other formats are made again of their documents. */
const SEGMENT_FORMAT = 1;

/** What a {@link SegmentTable} needs of the store that it is in. */
export interface SegmentHost {
  readonly cache: ColumnCache;
  readonly segmentSize: number;
  readonly commits: number;
  readonly isBlocked: boolean;
  readonly background: Background;
  transaction<T>(work: () => T): T;
  /** Is the index deleted, though its rows may still be there? */
  isDropped(key: number): boolean;
  /** Does a write, and does it again when it was undone, or could not be done, because the disk was full. */
  write(key: number, run: () => void): void;
  /** As {@link SegmentHost.write}, but what could not be done is not done later. */
  writeNow(key: number, run: () => void): void;
  row(key: number, sequence: number): StoredRow | undefined;
}

/** The tables of stored segments. */
export const SEGMENT_TABLES = `
  CREATE TABLE IF NOT EXISTS segment_entries
    (index_key INTEGER, number INTEGER, format INTEGER NOT NULL, entry TEXT NOT NULL, deleted BLOB, PRIMARY KEY (index_key, number));
  CREATE TABLE IF NOT EXISTS segment_parts
    (index_key INTEGER, number INTEGER, name TEXT, checksum INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (index_key, number, name));
  CREATE TABLE IF NOT EXISTS segment_deletes
    (index_key INTEGER, number INTEGER, document INTEGER, PRIMARY KEY (index_key, number, document)) WITHOUT ROWID;`;

/** Parts of segments that were not stored whole, or were replaced. */
const LEFTOVERS = `SELECT DISTINCT index_key, number FROM segment_parts WHERE number > ${FILTERS_SEGMENT} EXCEPT SELECT index_key, number FROM segment_entries`;

/** Removes what is of no use: segments of other formats. @returns the segments of which only parts are there. */
export const tidySegments = (database: DatabaseSync): readonly SegmentKey[] => {
  // One of another format is read again as documents, and so are those after it, which have to follow it.
  database.exec(`DELETE FROM segment_entries WHERE index_key IN
    (SELECT index_key FROM segment_entries WHERE format <> ${SEGMENT_FORMAT})`);
  database.exec(`DELETE FROM segment_deletes WHERE (index_key, number) IN
    (SELECT DISTINCT index_key, number FROM segment_deletes EXCEPT SELECT index_key, number FROM segment_entries)`);
  const dropped = new Set(droppedKeys(database));
  return database
    .prepare(LEFTOVERS)
    .all()
    .map((row) => ({ key: Number(row.index_key), number: Number(row.number) }))
    .filter(({ key }) => !dropped.has(key));
};

/** A segment of an index. */
export interface SegmentKey {
  readonly key: number;
  readonly number: number;
}

/** Removes the parts of segments that nobody reads. */
export class UnusedSegments implements Chore {
  readonly share = 0.5;
  readonly #database: DatabaseSync;
  readonly #left: SegmentKey[];
  readonly #parts = new Pace(1, 256);

  constructor(database: DatabaseSync, segments: readonly SegmentKey[]) {
    this.#database = database;
    this.#left = [...segments];
  }

  step(): boolean {
    const last = this.#left.at(-1);
    if (!last) return false;
    const values = [last.key, last.number];
    if (!this.#parts.take((parts) => deleteParts(this.#database, "index_key = ? AND number = ?", values, parts)))
      this.#left.pop();
    return true;
  }
}

/** The stored segments of an index, oldest documents first. */
export const storedSegments = (database: DatabaseSync, key: number): readonly StoredSegment[] => {
  const deletes = database.prepare("SELECT document FROM segment_deletes WHERE index_key = ? AND number = ?");
  const rows = database.prepare("SELECT entry, deleted FROM segment_entries WHERE index_key = ?").all(key);
  const found = rows.map((row): StoredSegment => {
    const entry = JSON.parse(String(row.entry), reviveNumber) as SegmentEntry;
    const single = deletes.all(key, entry.number).map(({ document }) => Number(document));
    const deleted = row.deleted instanceof Uint8Array ? Bitset.fromBytes(row.deleted) : undefined;
    if (single.length === 0) return { entry, deleted };
    const all = deleted?.copy(entry.size) ?? Bitset.empty(entry.size);
    for (const document of single) all.add(document);
    return { entry, deleted: all };
  });
  return found.sort((a, b) => a.entry.firstSequence - b.entry.firstSequence);
};

/** JSON has no infinite numbers, which fields can have. */
const replaceNumber = (_key: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isFinite(value) ? { number: String(value) } : value;

const reviveNumber = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && "number" in value && typeof value.number === "string"
    ? Number(value.number)
    : value;

const CHECKED_PARTS =
  "SELECT number, name, checksum, bytes FROM segment_parts WHERE index_key NOT IN (SELECT key FROM dropped_indices)";

/** @throws {StorageError} `STORAGE_DAMAGED` at the first part that is not as it was written. */
export const checkParts = (database: DatabaseSync): void => {
  const rows = database.prepare(CHECKED_PARTS).iterate();
  for (const { number, name, checksum, bytes } of rows)
    if (crc32(bytes as Uint8Array) !== checksum) throw damagedPart(`part ${String(name)} of segment ${String(number)}`);
};

/** The segments of one index, in tables that all indices share. */
export class SegmentTable implements SegmentStore {
  readonly seed: number;
  readonly #key: number;
  readonly #host: SegmentHost;
  readonly #database: DatabaseSync;
  readonly #part: StatementSync;
  #nextNumber: number;
  readonly #held = new FinalizationRegistry<number>((number) => this.#drop(number));

  constructor(database: DatabaseSync, key: number, seed: string, host: SegmentHost) {
    this.seed = hashId(seed, 0);
    this.#key = key;
    this.#host = host;
    this.#database = database;
    this.#part = database.prepare(
      "SELECT checksum, bytes FROM segment_parts WHERE index_key = ? AND number = ? AND name = ?",
    );
    this.#nextNumber = greatestNumber(database, key) + 1;
  }

  get cache(): ColumnCache {
    return this.#host.cache;
  }

  get segmentSize(): number {
    return this.#host.segmentSize;
  }

  get commits(): number {
    return this.#host.commits;
  }

  get isBlocked(): boolean {
    return this.#host.isBlocked;
  }

  nextNumber(): number {
    return this.#nextNumber++;
  }

  putPart(segment: number, name: string, bytes: Uint8Array): void {
    const checksum = crc32(bytes);
    this.#run("INSERT OR REPLACE INTO segment_parts VALUES (?, ?, ?, ?, ?)", segment, name, checksum, bytes);
  }

  part(segment: number, name: string): Uint8Array {
    const first = this.isDropped ? undefined : this.#piece(segment, name);
    if (!first) throw gone();
    if (first.length !== PIECE_BYTES) return first;
    const pieces = [first];
    for (let last: Uint8Array | undefined = first; last?.length === PIECE_BYTES;) {
      last = this.#piece(segment, pieceName(name, pieces.length));
      if (last) pieces.push(last);
    }
    return joined(pieces);
  }

  #piece(segment: number, name: string): Uint8Array | undefined {
    const row = this.#part.get(this.#key, segment, name);
    if (!row) return undefined;
    const bytes = row.bytes as Uint8Array;
    if (crc32(bytes) === row.checksum) return bytes;
    throw damagedPart(`part ${name} of segment ${segment}`);
  }

  filters(): readonly string[] {
    return this.#database
      .prepare("SELECT name FROM segment_parts WHERE index_key = ? AND number = ? AND name GLOB ?")
      .all(this.#key, FILTERS_SEGMENT, `${FILTER_NAME}*`)
      .map(({ name }) => String(name));
  }

  filter(name: string): Uint32Array | undefined {
    try {
      const bytes = this.part(FILTERS_SEGMENT, name);
      return bytes.length % 4 === 0 ? new Uint32Array(bytes.slice().buffer) : undefined;
    } catch {
      return undefined; // it is made again
    }
  }

  dropFilters(names: readonly string[]): void {
    const left = [...names];
    this.later(() => {
      const name = left.pop();
      if (name !== undefined)
        this.#run(
          "DELETE FROM segment_parts WHERE index_key = ? AND number = ? AND name GLOB ?",
          FILTERS_SEGMENT,
          `*${name}`,
        );
      return left.length > 0;
    });
  }

  putSegment(entry: SegmentEntry, deleted: Bitset | undefined): void {
    const bytes = deleted?.toBytes() ?? null;
    this.#host.write(this.#key, () => this.#insert(entry, bytes));
  }

  replaceSegments(replaced: readonly ReplacedSegment[], entry: SegmentEntry, deleted: Bitset | undefined): void {
    const bytes = deleted?.toBytes() ?? null;
    this.#host.writeNow(this.#key, () => {
      for (const { number } of replaced) this.#remove(number);
      this.#insert(entry, bytes);
    });
    for (const { number, holder } of replaced) this.#held.register(holder, number);
  }

  #insert(entry: SegmentEntry, deleted: Uint8Array | null): void {
    this.#database
      .prepare("INSERT OR REPLACE INTO segment_entries VALUES (?, ?, ?, ?, ?)")
      .run(this.#key, entry.number, SEGMENT_FORMAT, JSON.stringify(entry, replaceNumber), deleted);
  }

  #remove(segment: number): void {
    for (const table of ["segment_entries", "segment_deletes"])
      this.#database.prepare(`DELETE FROM ${table} WHERE index_key = ? AND number = ?`).run(this.#key, segment);
  }

  putDeleted(segment: number, document: number): void {
    this.#run("INSERT OR IGNORE INTO segment_deletes VALUES (?, ?, ?)", segment, document);
  }

  putAllDeleted(segment: number, deleted: Bitset): void {
    const bytes = deleted.toBytes();
    this.#host.write(this.#key, () => {
      this.#database
        .prepare("UPDATE segment_entries SET deleted = ? WHERE index_key = ? AND number = ?")
        .run(bytes, this.#key, segment);
      this.#database.prepare("DELETE FROM segment_deletes WHERE index_key = ? AND number = ?").run(this.#key, segment);
    });
  }

  removeSegment({ number, holder }: ReplacedSegment): void {
    this.#held.register(holder, number);
    this.#host.write(this.#key, () => this.#remove(number));
  }

  get isDropped(): boolean {
    return this.#host.isDropped(this.#key);
  }

  later(step: () => boolean): void {
    const isMore = (): boolean => !this.isDropped && step();
    this.#host.background.add({ share: 0.5, step: () => this.#host.transaction(isMore) });
  }

  /** The parts of a replaced segment that nobody reads any more. */
  #drop(number: number): void {
    this.#host.background.add(new UnusedSegments(this.#database, [{ key: this.#key, number }]));
  }

  #run(sql: string, ...values: readonly (number | string | Uint8Array | null)[]): void {
    this.#host.write(this.#key, () => void this.#database.prepare(sql).run(this.#key, ...values));
  }

  row(sequence: number): StoredRow | undefined {
    return this.#host.row(this.#key, sequence);
  }
}

/** Also of parts that are still to be removed. */
const greatestNumber = (database: DatabaseSync, key: number): number => {
  const greatest = (table: string): number =>
    Number(database.prepare(`SELECT max(number) AS number FROM ${table} WHERE index_key = ?`).get(key)?.number ?? 0);
  return Math.max(greatest("segment_entries"), greatest("segment_parts"));
};

const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
};

const gone = (): ApiError =>
  new ApiError(404, {
    type: "search_context_missing_exception",
    reason: "A segment is gone with its index",
  });
