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
 * Each table is read from its start to the first fault and from its end back to the last.
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
  const source = new DatabaseSync(damagedFile);
  let documents = 0;
  const records = readable(() => source.prepare("SELECT record, next_sequence FROM indices ORDER BY key").iterate());
  for (const { record, next_sequence: next } of records) {
    const index = JSON.parse(String(record)) as IndexRecord;
    storage.transaction(() => {
      storage.saveIndex(index.key, () => index);
      storage.saveNextSequence(index.key, Number(next));
      for (const mapping of addedFields(source, index.key)) storage.addFields(index.key, mapping);
      for (const document of salvage(source, index.key)) {
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

/** From the start to the first fault, then from the end back to it. */
function* salvage(source: DatabaseSync, key: number): Generator<DocumentRecord> {
  let last = -1;
  for (const row of untilFault(source, `SELECT * FROM ${tableName(key)} ORDER BY sequence`)) {
    last = Number(row.sequence);
    const document = checkedRow(row);
    if (document) yield document;
  }
  for (const row of untilFault(source, `SELECT * FROM ${tableName(key)} ORDER BY sequence DESC`)) {
    if (Number(row.sequence) <= last) return;
    const document = checkedRow(row);
    if (document) yield document;
  }
}

function* untilFault(source: DatabaseSync, sql: string): Generator<Row> {
  try {
    yield* source.prepare(sql).iterate();
  } catch {
    return; // the rest cannot be read, which is why this is called
  }
}
