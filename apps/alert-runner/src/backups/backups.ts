import { mkdirSync, readdirSync, statfsSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { HttpError } from "../http/http-error.ts";

/** A copy that was made. */
export interface MadeBackup {
  readonly path: string;
  readonly bytes: number;
  readonly ms: number;
}

/** Makes copies of an embedded store. */
export interface Backups {
  /**
   * Makes one. Its name is the time; the oldest ones beyond those that are kept are deleted afterwards.
   *
   * @throws {HttpError} `BACKUP_RUNNING`, `BACKUP_NO_ROOM`; {StorageError}
   */
  make(): Promise<MadeBackup>;
}

export interface BackupsOptions {
  /** Where they go. */
  readonly folder: string;
  /** How many are kept. */
  readonly keep: number;
  /** The file of the store. */
  readonly file: string;
  /** Bytes that have to stay free on the disk. */
  readonly freeDiskBytes: number;
  /** Copies the store to a file. */
  readonly copy: (file: string) => Promise<{ readonly bytes: number }>;
  readonly now: () => Date;
}

/** Sorts by time. */
const nameAt = (now: Date): string => `mozdef-${now.toISOString().replaceAll(/[:.]/g, "-")}.sqlite`;

const IS_BACKUP = /^mozdef-\d{4}-\d{2}-\d{2}T[\d-]+Z\.sqlite$/;

/** Backups below one folder: whoever asks for one does not say where it goes. */
export const createBackups = (options: BackupsOptions): Backups => {
  let isRunning = false;
  return {
    make: async () => {
      if (isRunning) throw new HttpError("BACKUP_RUNNING", "A backup is being made already.");
      isRunning = true;
      try {
        return await make(options);
      } finally {
        isRunning = false;
      }
    },
  };
};

const make = async (options: BackupsOptions): Promise<MadeBackup> => {
  const { folder, copy, now } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  checkRoom(options);
  await removeUnfinished(folder);
  const began = performance.now();
  const file = path.join(folder, nameAt(now()));
  const { bytes } = await copy(file);
  await prune(options);
  return { path: file, bytes, ms: Math.round(performance.now() - began) };
};

/** A disk that a backup fills would take events nothing any more. */
const checkRoom = ({ folder, file, freeDiskBytes }: BackupsOptions): void => {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const needed = statSync(file).size + 2 * freeDiskBytes;
  if (free >= needed) return;
  throw new HttpError(
    "BACKUP_NO_ROOM",
    `A backup in ${folder} needs ${needed} bytes on the disk, with what has to stay free of it. There are ${free}.`,
  );
};

/** What a process has left that was killed meanwhile: nobody else makes backups of this store now. */
const removeUnfinished = async (folder: string): Promise<void> => {
  for (const name of readdirSync(folder))
    if (IS_BACKUP.test(name.replace(/\.unfinished(?:-[a-z]+)?$/, "")) && name.includes(".unfinished"))
      await rm(path.join(folder, name), { force: true });
};

const prune = async ({ folder, keep }: BackupsOptions): Promise<void> => {
  const names = readdirSync(folder)
    .filter((name) => IS_BACKUP.test(name))
    .sort();
  for (const name of names.slice(0, -keep)) await rm(path.join(folder, name), { force: true });
};
