import { statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { ColumnCache } from "../index/column-cache.ts";
import type { SegmentStore, StoredRow, StoredSegment } from "../index/segment-store.ts";
import { SEGMENT_SIZE } from "../index/segment.ts";
import { type JsonObject, parseJson, isObject } from "../json/json.ts";
import { writeJson } from "../json/write-json.ts";
import { Background } from "./background.ts";
import { type Backup, backupDatabase } from "./backup.ts";
import { checkedRow, DocumentTable, tableName } from "./document-table.ts";
import { DroppedIndex, dropIndex, droppedKeys } from "./dropped-indices.ts";
import { damaged, explained, openDatabase } from "./open-database.ts";
import { prepareFolder } from "./private-folder.ts";
import { GiveBack, freePages } from "./give-back.ts";
import { checkParts, SegmentTable, storedSegments, tidySegments, UnusedSegments } from "./segment-table.ts";
import { isFull, isOfDatabase, StorageError } from "./storage-error.ts";
import type { DocumentRecord, IndexRecord, Storage } from "./storage.ts";

/**
 * Most of the file that is kept in memory. Hits are read from all over the file: with 128 MiB a search of 1,000,000 events takes a
 * tenth less than with 64.
 */
const PAGE_CACHE_BYTES = 128 * 1024 * 1024;

/** Part of all memory that the pages of the file may take. */
const PAGE_CACHE_SHARE = 4;

/** Pages that stay free in the file, for what is written next: 32 MiB. */
const SPARE_PAGES = 4_096;

/** Name of the file inside the folder of a store. */
export const FILE_NAME = "embedded-search.sqlite";

/** An index as stored. */
export interface KeptIndex {
  readonly record: IndexRecord;
  /** Mappings of fields that were added since, in order. */
  readonly added: readonly JsonObject[];
  readonly nextSequence: number;
}

/**
 * Keeps a store in one SQLite file in WAL mode. Once {@link SqliteStorage.transaction} returns, its writes survive the end of
 * the process at any moment. After a power loss the last moments may be missing, never part of a request.
 */
export class SqliteStorage implements Storage {
  readonly keepsSources = true;
  readonly file: string;
  /** For what is read of full segments. */
  readonly cache = new ColumnCache(Infinity);
  readonly segmentSize: number;
  /** What is done between requests. */
  readonly background = new Background();
  readonly #database: DatabaseSync;
  readonly #tables = new Map<number, DocumentTable>();
  readonly #saveIndex: StatementSync;
  readonly #saveNext: StatementSync;
  readonly #next = new Map<number, number>();
  /** Indices deleted in this process, whose documents a snapshot may still ask for. */
  readonly #dropped = new Set<number>();
  /** The writes of this transaction, and of one that has to be repeated: memory has them already. */
  #writes: Write[] = [];
  readonly #pageBytes: number;
  #free = { bytes: 0, until: 0 };
  #open = false;
  /** How often something was stored for good. */
  #commits = 0;
  /** Why the last transaction could not be stored; it is repeated before the next. */
  #full: StorageError | undefined;
  #failure: StorageError | undefined;

  /**
   * @param folder - Created when missing. It and its files are for the owner alone.
   * @param segmentSize - Most documents of a segment.
   * @throws {StorageError} when another process has it open, or when it is damaged or of another format.
   */
  constructor(folder: string, segmentSize = SEGMENT_SIZE) {
    this.segmentSize = segmentSize;
    this.file = join(folder, FILE_NAME);
    prepareFolder(folder, FILE_NAME);
    this.#database = openDatabase(this.file);
    this.#saveIndex = this.#database.prepare(
      "INSERT INTO indices (key, record) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET record = excluded.record",
    );
    this.#saveNext = this.#database.prepare("UPDATE indices SET next_sequence = ? WHERE key = ?");
    this.#pageBytes = Number(this.#database.prepare("PRAGMA page_size").get()?.page_size);
    explained(this.file, () => this.#goOnTidying());
  }

  /** With what the process before this one has not come to. */
  #goOnTidying(): void {
    const keys = droppedKeys(this.#database);
    for (const key of keys) this.#drop(key);
    const unused = tidySegments(this.#database);
    if (unused.length > 0) this.background.add(new UnusedSegments(this.#database, unused));
    if (keys.length > 0 || freePages(this.#database) > SPARE_PAGES) this.#giveBack(SPARE_PAGES);
  }

  #drop(key: number): void {
    this.#dropped.add(key);
    this.background.add(new DroppedIndex(this.#database, key));
  }

  #giveBack(kept: number): void {
    this.background.add(new GiveBack(this.#database, kept));
  }

  /** Everything that `work` writes is committed together. No transaction starts before the first write. */
  transaction<T>(work: () => T): T {
    try {
      return work();
    } finally {
      this.#commit();
    }
  }

  /** Something else may be done before the next request. */
  turn(): void {
    if (!this.#open) this.background.turn();
  }

  #begin(): void {
    if (this.#failure) throw this.#failure;
    if (this.#open) return;
    if (this.#full) this.#repeat();
    this.#database.exec("BEGIN");
    this.#open = true;
  }

  #commit(): void {
    if (!this.#open) return;
    try {
      for (const [key, next] of this.#next) this.#saveNext.run(next, key);
      this.#database.exec("COMMIT");
    } catch (cause) {
      this.#fail(cause);
    }
    this.#next.clear();
    this.#writes = [];
    this.#open = false;
    this.#full = undefined;
    this.#commits++;
  }

  /** Stores what could not be stored before. @throws {StorageError} when it still cannot. */
  #repeat(): void {
    try {
      // What is already in the log can go to where it belongs, which makes room in the log.
      this.#database.exec("PRAGMA wal_checkpoint(PASSIVE)");
      this.#database.exec("BEGIN");
      this.#open = true;
      for (const write of this.#writes) write.run();
    } catch (cause) {
      this.#fail(cause);
    }
    this.#commit();
  }

  settle(): void {
    if (this.#failure) throw this.#failure;
    if (this.#full && !this.#open) this.#repeat();
  }

  refusal(): string | undefined {
    try {
      this.settle();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Nothing of the transaction is stored. It is repeated once the disk has room; after any other fault memory is ahead for good. */
  #fail(cause: unknown): never {
    this.#open = false;
    this.#tables.clear(); // one that was created has gone with the transaction
    try {
      this.#database.exec("ROLLBACK");
    } catch {
      // SQLite has done it by itself.
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (isFull(cause)) {
      const message = `The disk of the store is full (${reason}). Nothing is written until it has room again.`;
      throw (this.#full = new StorageError("STORAGE_FULL", message, { cause }));
    }
    const message = `Writing to the store failed: ${reason}. Writes have stopped; open the store again once the disk works.`;
    throw (this.#failure = new StorageError("STORAGE_WRITE_FAILED", message, { cause }));
  }

  /**
   * @param write.isDone - Whether memory has it already, so that it has to be stored some time even when it cannot be now.
   * @throws {StorageError} when it is not stored yet.
   */
  #write(write: Write): void {
    const isLate = write.isDone && this.#full !== undefined && !this.#open;
    if (!isLate) this.#begin();
    this.#writes.push(write);
    try {
      if (isLate) this.#repeat();
      else write.run();
    } catch (cause) {
      if (!write.isDone || !isOfStorage(cause)) this.#writes = this.#writes.filter((other) => other !== write);
      if (cause instanceof StorageError || !isOfStorage(cause)) throw cause;
      this.#fail(cause);
    }
  }

  #table(key: number): DocumentTable {
    const known = this.#tables.get(key);
    if (known) return known;
    const table = new DocumentTable(this.#database, key);
    this.#tables.set(key, table);
    return table;
  }

  saveIndex(key: number, record: () => IndexRecord): void {
    this.#write(
      done(key, () => {
        this.#saveIndex.run(key, writeJson(record()));
        this.#database.prepare("DELETE FROM added_fields WHERE index_key = ?").run(key);
        this.#table(key);
      }),
    );
  }

  addFields(key: number, mapping: JsonObject): void {
    this.#write(
      done(key, () =>
        this.#database
          .prepare("INSERT INTO added_fields (index_key, mapping) VALUES (?, ?)")
          .run(key, writeJson(mapping)),
      ),
    );
  }

  deleteIndex(key: number): void {
    this.#writes = this.#writes.filter((write) => write.key !== key);
    this.#next.delete(key);
    const kept = Math.min(SPARE_PAGES, freePages(this.#database));
    this.#write(
      done(key, () => {
        this.#dropped.add(key);
        this.#tables.delete(key);
        dropIndex(this.#database, key);
      }),
    );
    this.#commit();
    if (droppedKeys(this.#database).includes(key)) this.#drop(key);
    else if (new GiveBack(this.#database, kept).finishSmall()) return;
    this.#giveBack(kept);
  }

  saveTemplate(name: string, template: JsonObject): void {
    this.#write(
      done(undefined, () =>
        this.#database.prepare("INSERT OR REPLACE INTO templates VALUES (?, ?)").run(name, writeJson(template)),
      ),
    );
  }

  deleteTemplate(name: string): void {
    this.#write(done(undefined, () => this.#database.prepare("DELETE FROM templates WHERE name = ?").run(name)));
  }

  put(index: number, document: DocumentRecord, replaced?: number): void {
    const run = (): void => {
      if (replaced !== undefined) this.#table(index).remove(replaced);
      this.#table(index).put(document);
    };
    this.#write({ key: index, isDone: false, document, run });
  }

  remove(index: number, sequence: number): void {
    const run = (): void => {
      this.#table(index).remove(sequence);
    };
    this.#write({ key: index, isDone: false, run });
  }

  saveNextSequence(index: number, next: number): void {
    this.#begin();
    this.#next.set(index, next);
  }

  sources(index: number, sequences: readonly number[]): readonly string[] {
    if (this.#dropped.has(index)) return sequences.map(() => "");
    return this.#full ? this.#sourcesWhileFull(index, sequences) : this.#table(index).sources(sequences);
  }

  /** Memory has documents that are not on disk yet. */
  #sourcesWhileFull(index: number, sequences: readonly number[]): readonly string[] {
    const waiting = new Map<number, string>();
    for (const { key, document } of this.#writes)
      if (key === index && document) waiting.set(document.sequence, document.source);
    const isOnDisk = waiting.size < sequences.length || sequences.some((sequence) => !waiting.has(sequence));
    const stored = isOnDisk ? this.#table(index).sources(sequences) : [];
    return sequences.map((sequence, i) => waiting.get(sequence) ?? stored[i] ?? "");
  }

  /** In the middle of a transaction that would become too large. */
  commitPart(): void {
    this.#commit();
  }

  /** Memory that it may take; the rest of it is for what is read of segments and for what is not stored in any. */
  limitPages(memoryBytes: number): number {
    const bytes = Math.min(PAGE_CACHE_BYTES, Math.floor(memoryBytes / PAGE_CACHE_SHARE));
    this.#database.exec(`PRAGMA cache_size = -${Math.ceil(bytes / 1024)}`);
    return memoryBytes - bytes;
  }

  get commits(): number {
    return this.#commits;
  }

  /** Is there something that could not be stored? */
  get isBlocked(): boolean {
    return this.#full !== undefined || this.#failure !== undefined;
  }

  write(key: number, run: () => void): void {
    this.#write(done(key, run));
  }

  writeNow(key: number, run: () => void): void {
    this.#write({ key, isDone: false, run });
  }

  isDropped(key: number): boolean {
    return this.#dropped.has(key);
  }

  /** No index has had it, nor any number after it. */
  get nextKey(): number {
    const greatest = this.#database.prepare("SELECT max(key) AS key FROM indices").get();
    return Math.max(0, Number(greatest?.key ?? 0), ...this.#dropped) + 1;
  }

  row(key: number, sequence: number): StoredRow | undefined {
    return this.#table(key).row(sequence);
  }

  segments(index: number, seed: string): SegmentStore {
    return new SegmentTable(this.#database, index, seed, this);
  }

  /** The full segments of an index, in order. */
  storedSegments(index: number): readonly StoredSegment[] {
    return storedSegments(this.#database, index);
  }

  /** Templates by name. */
  templates(): readonly (readonly [name: string, body: JsonObject])[] {
    return this.#database
      .prepare("SELECT name, body FROM templates")
      .all()
      .map(({ name, body }) => [String(name), objectOf(body)] as const);
  }

  /** Indices in order of creation. */
  indices(): readonly KeptIndex[] {
    const rows = this.#database.prepare("SELECT key, record, next_sequence FROM indices ORDER BY key").all();
    const added = this.#database.prepare("SELECT mapping FROM added_fields WHERE index_key = ? ORDER BY number");
    return rows.map((row) => ({
      record: objectOf(row.record) as unknown as IndexRecord,
      added: added.all(Number(row.key)).map(({ mapping }) => objectOf(mapping)),
      nextSequence: Number(row.next_sequence),
    }));
  }

  /** Upper bound of the documents of one index after a sequence number: counting them would read all of them. */
  countAtMost(key: number, after: number): number {
    const statement = this.#database.prepare(
      `SELECT max(sequence) - min(sequence) + 1 AS count FROM
       (SELECT max(sequence) AS sequence FROM ${tableName(key)} WHERE sequence > ?1
        UNION ALL SELECT min(sequence) FROM ${tableName(key)} WHERE sequence > ?1)`,
    );
    return Number(statement.get(after)?.count ?? 0);
  }

  /**
   * Documents of one index in order of writing.
   *
   * @param after - Only those with a greater sequence number.
   * @throws {StorageError} `STORAGE_DAMAGED` at the first corrupted one.
   */
  *documents(key: number, after = -1): Generator<DocumentRecord> {
    const statement = this.#database.prepare(`SELECT * FROM ${tableName(key)} WHERE sequence > ? ORDER BY sequence`);
    for (const row of statement.iterate(after)) {
      const document = checkedRow(row);
      if (!document)
        throw damaged(this.file, `document ${String(row.sequence)} of ${tableName(key)} has another checksum`);
      yield document;
    }
  }

  /**
   * Reads everything. Opening the store reads only what is not in segments yet.
   *
   * @returns the number of documents.
   * @throws {StorageError} `STORAGE_DAMAGED` at the first fault.
   */
  check(): number {
    let documents = 0;
    for (const { record } of this.indices()) {
      const rows = this.documents(record.key);
      while (rows.next().done !== true) documents++;
    }
    checkParts(this.#database);
    return documents;
  }

  /** Those of the file that nothing is in, too. Asked at each write, so the answer may be a second old. */
  freeBytes(): number {
    const now = performance.now();
    if (now < this.#free.until) return this.#free.bytes;
    const { bavail, bsize } = statfsSync(dirname(this.file));
    const ownBytes = freePages(this.#database) * this.#pageBytes;
    this.#free = { bytes: bavail * bsize + ownBytes, until: now + 1_000 };
    return this.#free.bytes;
  }

  /**
   * Copies the store to a file while it is in use; see {@link backupDatabase}.
   *
   * @throws {StorageError} when something could not be stored that memory has: it would be missing.
   */
  async backup(file: string): Promise<Backup> {
    this.settle();
    return backupDatabase(this.#database, file);
  }

  close(): void {
    this.background.stop();
    this.#commit();
    this.refusal(); // one more try for what could not be stored
    this.#database.close();
  }
}

/** One write, kept until it is stored. */
interface Write {
  /** Of the index it belongs to. */
  readonly key: number | undefined;
  readonly isDone: boolean;
  readonly document?: DocumentRecord;
  readonly run: () => void;
}

/** A write that memory has already. */
const done = (key: number | undefined, run: () => void): Write => ({ key, isDone: true, run });

const isOfStorage = (error: unknown): boolean => error instanceof StorageError || isOfDatabase(error);

const objectOf = (text: unknown): JsonObject => {
  const json = parseJson(typeof text === "string" ? text : "{}");
  return isObject(json) ? json : {};
};
