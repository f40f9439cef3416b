import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { checkedRow, tableName } from "../storage/document-table.ts";
import { FILE_NAME, SqliteStorage } from "../storage/sqlite-storage.ts";
import type { DocumentRecord, IndexRecord } from "../storage/storage.ts";

/** Documents that are copied in one transaction. */
const COMMIT_EVERY = 10_000;

/** What was recovered from a damaged store. */
export interface Recovery {
  /** Where the damaged file is now. */
  readonly damagedFile: string;
  readonly indices: number;
  readonly documents: number;
}

/**
 * Moves the file of a damaged store aside and copies what is still readable into a new one.
 *
 * Each table is read on behind every fault, so only what is on damaged pages is missing; also when the end of the file is cut off.
 *
 * @param stamp - Distinguishes it from earlier damaged files, e.g. the time in milliseconds.
 */
export const recover = (folder: string, stamp: string): Recovery | undefined => {
  const file = join(folder, FILE_NAME);
  if (!existsSync(file)) return undefined;
  const damagedFile = `${file}.damaged-${stamp}`;
  for (const suffix of ["", "-wal"]) if (existsSync(file + suffix)) renameSync(file + suffix, damagedFile + suffix);
  const storage = new SqliteStorage(folder);
  try {
    return { damagedFile, ...copyReadable(damagedFile, storage) };
  } finally {
    storage.close();
  }
};

const copyReadable = (damagedFile: string, storage: SqliteStorage): { indices: number; documents: number } => {
  const source = openDamaged(damagedFile);
  try {
    return copyFrom(source, storage);
  } finally {
    source.close();
  }
};

/** A file that is shorter than it says is read as far as it goes only when its schema may be written. */
const openDamaged = (file: string): DatabaseSync => {
  const options = { defensive: false };
  const database = new DatabaseSync(file, options);
  database.exec("PRAGMA writable_schema = ON");
  return database;
};

const copyFrom = (source: DatabaseSync, storage: SqliteStorage): { indices: number; documents: number } => {
  let documents = 0;
  const records = readable(() => source.prepare("SELECT record, next_sequence FROM indices ORDER BY key").iterate());
  for (const { record, next_sequence: next } of records) {
    const index = JSON.parse(String(record)) as IndexRecord;
    storage.transaction(() => {
      storage.saveIndex(index.key, () => index);
      storage.saveNextSequence(index.key, Number(next));
      for (const mapping of addedFields(source, index.key)) storage.addFields(index.key, mapping);
      for (const document of salvage(source, index.key, Number(next))) {
        storage.put(index.key, document);
        if (++documents % COMMIT_EVERY === 0) storage.commitPart();
      }
    });
  }
  const templates = readable(() => source.prepare("SELECT name, body FROM templates").iterate());
  for (const { name, body } of templates)
    storage.transaction(() => storage.saveTemplate(String(name), JSON.parse(String(body)) as Record<string, never>));
  return { indices: records.length, documents };
};

const addedFields = (source: DatabaseSync, key: number): readonly Record<string, never>[] => {
  const read = "SELECT mapping FROM added_fields WHERE index_key = ? ORDER BY number";
  return readable(() => source.prepare(read).iterate(key)).map(({ mapping }) => JSON.parse(String(mapping)) as never);
};

type Row = Readonly<Record<string, unknown>>;

/** Rows up to the first fault. */
const readable = (read: () => Iterable<Row>): readonly Row[] => {
  const rows: Row[] = [];
  try {
    for (const row of read()) rows.push(row);
  } catch {
    return rows; // the rest cannot be read, which is why this is called
  }
  return rows;
};

/** @param end - Behind the last sequence number. */
function* salvage(source: DatabaseSync, key: number, end: number): Generator<DocumentRecord> {
  if (!hasTable(source, key)) return;
  for (let from = 0; from < end;) {
    let next = from + 1; // at a fault that is right there, what is behind it is tried
    const rows = readFrom(source, key, from);
    for (let row = rows.next(); ; row = rows.next()) {
      if (row.done === true) {
        if (row.value === "end") return;
        break;
      }
      next = Number(row.value.sequence) + 1;
      const document = checkedRow(row.value);
      if (document) yield document;
    }
    from = next;
  }
}

/** Without it each number would be tried. */
const hasTable = (source: DatabaseSync, key: number): boolean => {
  try {
    source.prepare(`SELECT 1 FROM ${tableName(key)} LIMIT 0`);
    return true;
  } catch {
    return false;
  }
};

type Rows = Generator<Row, "fault" | "end">;

/** Reads rows from a sequence number on, up to the first fault. */
function* readFrom(source: DatabaseSync, key: number, from: number): Rows {
  try {
    // A statement that has met a fault says so once more when it is used again.
    yield* source.prepare(`SELECT * FROM ${tableName(key)} WHERE sequence >= ? ORDER BY sequence`).iterate(from);
    return "end";
  } catch {
    return "fault"; // the rest cannot be read, which is why this is called
  }
}
