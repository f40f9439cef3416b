import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Backup, syncPath } from "./backup.ts";
import { FORMAT } from "./open-database.ts";
import { FILE_NAME, SqliteStorage } from "./sqlite-storage.ts";
import { isOfDatabase, StorageError } from "./storage-error.ts";

export interface RestoreOptions {
  /** Whether a store that is not empty is replaced; it is kept beside. Default false. */
  readonly replaces?: boolean;
  /** Distinguishes what is kept from what was kept earlier, e.g. the time. */
  readonly stamp: string;
}

/** What a restore has come to. */
export interface Restored {
  readonly file: string;
  /** Where the store is that was there before; undefined when it was empty, or there was none. */
  readonly keptFile: string | undefined;
}

/**
 * Copies a store that no process has open to a file.
 *
 * @param folder - Of the store.
 * @throws {StorageError} `STORAGE_IN_USE` when a process has it open: `EmbeddedSearch.backup` of that one can.
 */
export const backupStore = async (folder: string, file: string): Promise<Backup> => {
  const storage = new SqliteStorage(folder);
  try {
    return await storage.backup(file);
  } finally {
    storage.close();
  }
};

/**
 * Puts a backup in the place of a store, after a look at whether it is whole.
 *
 * @param folder - Of the store; created when missing.
 * @throws {StorageError} `STORAGE_IN_USE`, `STORAGE_NOT_EMPTY`; `STORAGE_BACKUP_INVALID` when it is no whole copy of a store that this version
 *   can read. The store is as it was then.
 */
export const restoreStore = async (
  folder: string,
  backup: string,
  { replaces = false, stamp }: RestoreOptions,
): Promise<Restored> => {
  const file = join(folder, FILE_NAME);
  if (!existsSync(backup)) throw invalid(backup, "there is no such file");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${file}.unfinished`;
  try {
    if (!isReplaceable(folder, replaces)) throw notEmpty(file);
    await copyFile(backup, unfinished);
    chmodSync(unfinished, 0o600);
    checkBackup(unfinished, backup);
    await syncPath(unfinished);
    // Looked at again: a process may have been started meanwhile.
    if (!isReplaceable(folder, replaces)) throw notEmpty(file);
    const keptFile = keepOld(file, stamp);
    renameSync(unfinished, file);
    await syncPath(dirname(file));
    return { file, keptFile };
  } finally {
    for (const suffix of SUFFIXES) rmSync(unfinished + suffix, { force: true });
  }
};

const SUFFIXES = ["", "-wal", "-shm"];

/** Whether a store may be replaced. @throws {StorageError} when it is in use. */
const isReplaceable = (folder: string, replaces: boolean): boolean => {
  if (!existsSync(join(folder, FILE_NAME))) return true;
  const storage = openedOrDamaged(folder, replaces);
  if (storage === undefined) return true;
  const isEmpty = storage.indices().length === 0;
  storage.close();
  return isEmpty || replaces;
};

/** One that is damaged is what is most likely to be replaced. */
const openedOrDamaged = (folder: string, replaces: boolean): SqliteStorage | undefined => {
  try {
    return new SqliteStorage(folder);
  } catch (error) {
    if (replaces && error instanceof StorageError && error.code === "STORAGE_DAMAGED") return undefined;
    throw error;
  }
};

/** @returns where it is now; undefined when there was nothing. */
const keepOld = (file: string, stamp: string): string | undefined => {
  if (!existsSync(file)) return undefined;
  const kept = `${file}.replaced-${stamp}`;
  for (const suffix of SUFFIXES) if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
  return kept;
};

const checkBackup = (copy: string, backup: string): void => {
  try {
    const problem = problemOf(copy);
    if (problem !== undefined) throw invalid(backup, problem);
  } catch (error) {
    if (!isOfDatabase(error)) throw error;
    throw invalid(backup, error instanceof Error ? error.message : String(error), error);
  }
};

const problemOf = (file: string): string | undefined => {
  const database = new DatabaseSync(file);
  try {
    const format = Number(database.prepare("PRAGMA user_version").get()?.user_version ?? 0);
    if (format < 1) return "it is a database of something else";
    if (format > FORMAT) return `it has format ${format}; this version reads formats up to ${FORMAT}`;
    const found = String(database.prepare("PRAGMA quick_check(1)").get()?.quick_check);
    return found === "ok" ? undefined : `it is damaged: ${found}`;
  } finally {
    database.close();
  }
};

const invalid = (backup: string, what: string, cause?: unknown): StorageError =>
  new StorageError("STORAGE_BACKUP_INVALID", `${backup} cannot be restored: ${what}.`, { cause });

const notEmpty = (file: string): StorageError =>
  new StorageError(
    "STORAGE_NOT_EMPTY",
    `The store in ${file} is not empty. Restore into another folder, or have it replaced: it is kept beside then.`,
  );
