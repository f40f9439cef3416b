import { DatabaseSync } from "node:sqlite";
import { DROPPED_TABLE } from "./dropped-indices.ts";
import { SEGMENT_TABLES } from "./segment-table.ts";
import { isBusy, isDamage, StorageError } from "./storage-error.ts";

/** Version of the file format; increase it when that changes. Earlier ones are read. */
export const FORMAT = 3;

export const damaged = (file: string, what: string, cause?: unknown): StorageError => {
  const message = [
    `The store in ${file} is damaged: ${what}.`,
    "Open it with the option recover (mozdef-embedded-search --recover) to continue with the documents that can still be read; the damaged file is kept next to the new one.",
  ].join("\n");
  return new StorageError("STORAGE_DAMAGED", message, { cause });
};

/** @throws {StorageError} when another process has it open, or when it is damaged or of another format. */
export const openDatabase = (file: string): DatabaseSync =>
  explained(file, () => {
    const database = new DatabaseSync(file);
    try {
      prepareDatabase(database, file);
      return database;
    } catch (error) {
      database.close(); // its lock would keep others from what can still be read
      throw error;
    }
  });

/** @throws {StorageError} in place of what SQLite says of a file that is in use, or damaged. */
export const explained = <T>(file: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (isBusy(error)) {
      const message = `The store in ${file} is in use by another process. Stop that process, or use another folder.`;
      throw new StorageError("STORAGE_IN_USE", message, { cause: error });
    }
    if (isDamage(error)) throw damaged(file, error instanceof Error ? error.message : String(error), error);
    throw error;
  }
};

/**
 * Bytes of the log after which they go to where they belong, which ends with waiting for the disk. Larger ones cost as much for each
 * document, and everybody waits for longer: of 16 MiB it was 200 ms.
 */
const CHECKPOINT_BYTES = 4 * 1024 * 1024;

/** The exclusive lock is taken with the first write and kept until the process ends. */
const prepareDatabase = (database: DatabaseSync, file: string): void => {
  // Pages of 8 KiB take a third less time than those of 4 to be written, and hold some documents each. A file keeps the size that it has.
  database.exec("PRAGMA page_size = 8192; PRAGMA locking_mode = EXCLUSIVE; PRAGMA auto_vacuum = INCREMENTAL");
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  const pageBytes = Number(database.prepare("PRAGMA page_size").get()?.page_size ?? 4096);
  database.exec(`PRAGMA wal_autocheckpoint = ${Math.ceil(CHECKPOINT_BYTES / pageBytes)}`);
  database.exec("BEGIN IMMEDIATE; COMMIT");
  const found = Number(database.prepare("PRAGMA user_version").get()?.user_version ?? 0);
  if (found > FORMAT) {
    const message = `The store in ${file} has format ${found}; this version reads formats up to ${FORMAT}. Use a newer version.`;
    throw new StorageError("STORAGE_UNKNOWN_FORMAT", message);
  }
  database.exec(`
    CREATE TABLE IF NOT EXISTS indices (key INTEGER PRIMARY KEY, record TEXT NOT NULL, next_sequence INTEGER NOT NULL DEFAULT 0);
    DROP TABLE IF EXISTS segments;${SEGMENT_TABLES}${DROPPED_TABLE}
    CREATE TABLE IF NOT EXISTS added_fields (number INTEGER PRIMARY KEY, index_key INTEGER NOT NULL, mapping TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS added_fields_of ON added_fields (index_key);
    CREATE TABLE IF NOT EXISTS templates (name TEXT PRIMARY KEY, body TEXT NOT NULL);
    PRAGMA user_version = ${FORMAT}`);
};
