import { mkdirSync } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { backup, type DatabaseSync } from "node:sqlite";

/**
 * Pages that are copied at once. Writes to the store wait for as long, and a copy takes a turn of the event loop for each: with fewer it takes
 * longer, with more everybody else does.
 */
const PAGES_AT_ONCE = 100;

/** Of a file that is not whole yet. */
const UNFINISHED = ".unfinished";

/** A copy of a store. */
export interface Backup {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Copies a database that is in use to a file: as it is when the copy ends. The file has its name once it is whole and on the disk; it is for
 * its owner alone, as is its folder when it has to be made.
 */
export const backupDatabase = async (database: DatabaseSync, file: string): Promise<Backup> => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = file + UNFINISHED;
  await rm(unfinished, { force: true });
  // Made beforehand: the copy keeps the mode that it finds.
  await (await open(unfinished, "wx", 0o600)).close();
  try {
    await copyPages(database, unfinished);
    await syncPath(unfinished);
    await rename(unfinished, file);
    await syncPath(dirname(file));
    return { file, bytes: (await stat(file)).size };
  } catch (error) {
    for (const suffix of ["", "-journal", "-wal", "-shm"]) await rm(unfinished + suffix, { force: true });
    throw error;
  }
};

/** Nothing has been copied by then, so this costs as good as nothing. */
const MOST_BEGINNINGS = 1_000;

/**
 * Pages are read beside this thread. When the very first ones are asked for in the middle of a write, Node.js takes that for the end of the
 * copy and rejects with what is no error of SQLite.
 */
const copyPages = async (database: DatabaseSync, file: string): Promise<void> => {
  for (let beginnings = 1; ; beginnings += 1)
    try {
      await backup(database, file, { rate: PAGES_AT_ONCE });
      return;
    } catch (error) {
      if (beginnings === MOST_BEGINNINGS || !isNoError(error)) throw error;
      await nextTurn();
    }
};

const isNoError = (error: unknown): boolean => error instanceof Error && "errcode" in error && error.errcode === 0;

/** Waits until a file, or the names in a folder, are on the disk. */
export const syncPath = async (path: string): Promise<void> => {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
