import { ApiError } from "@mozdef/alert-api/client";
import { backupStore, EmbeddedSearch, restoreStore, StorageError } from "@mozdef/embedded-search";
import { existsSync } from "node:fs";
import { chmod, copyFile, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { backupsOf } from "../backups/backups-of.ts";
import type { MadeBackup } from "../backups/backups.ts";
import type { LoadedConfig } from "../config/load-config.ts";
import { RunnerError } from "../runner-error.ts";
import { refuseMissing } from "../store/open-store.ts";
import { localService } from "./local-service.ts";
import type { BackupCommand, RestoreCommand } from "./parse-args.ts";

type EmbeddedConfig = Extract<LoadedConfig["config"]["store"], { path: unknown }>;

/**
 * Makes a backup of the embedded store: by itself when nobody has the store open, else by the service that does.
 *
 * @returns a line for people.
 * @throws {RunnerError} `OPTION_INVALID`, `STORE_MISSING`, `BACKUP_FAILED`; {StorageError}
 */
export const runBackup = async (command: BackupCommand, loaded: LoadedConfig): Promise<string> => {
  const store = embeddedOf("backup", loaded);
  refuseMissing(loaded.config.store, loaded.folder);
  if (command.file !== undefined && existsSync(command.file))
    throw new RunnerError("OPTION_INVALID", `${command.file} is there already. Name another file.`);
  const made = await madeBackup(store, loaded);
  const file = command.file ?? made.path;
  if (command.file !== undefined) await moveFile(made.path, command.file);
  return `${file}: ${made.bytes} bytes in ${made.ms} ms`;
};

/**
 * Puts a backup in the place of the embedded store of the configuration.
 *
 * @returns lines for people.
 * @throws {RunnerError} `OPTION_INVALID`; {StorageError}
 */
export const runRestore = async (command: RestoreCommand, loaded: LoadedConfig, now: Date): Promise<string> => {
  const store = embeddedOf("restore", loaded);
  const stamp = now.toISOString().replaceAll(/[:.]/g, "-");
  const { file, keptFile } = await restoreStore(store.path, command.file, { replaces: command.replaces, stamp });
  const kept = keptFile === undefined ? "" : `\nthe store that was there is in ${keptFile}`;
  return `${file} is ${command.file} now${kept}`;
};

const embeddedOf = (command: string, { config, folder }: LoadedConfig): EmbeddedConfig => {
  if ("path" in config.store) return { ...config.store, path: path.resolve(folder, config.store.path) };
  throw new RunnerError(
    "OPTION_INVALID",
    `${command} is for the embedded store (store.path), and the store of this configuration is a cluster. Use snapshots of the cluster, or export and import.`,
  );
};

const madeBackup = async (store: EmbeddedConfig, loaded: LoadedConfig): Promise<MadeBackup> => {
  const backups = backupsOf(store, loaded.folder, (file) => backupStore(store.path, file));
  try {
    return await backups.make();
  } catch (error) {
    if (!(error instanceof StorageError && error.code === "STORAGE_IN_USE")) throw error;
  }
  return askedBackup(loaded, path.dirname(EmbeddedSearch.fileIn(store.path)), backups.folder);
};

/** The service that has the store open makes it. */
const askedBackup = async (loaded: LoadedConfig, store: string, folder: string): Promise<MadeBackup> => {
  const { client, url } = localService(loaded);
  const made = await client.makeBackup().catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
    throw error.status === 0
      ? failed(`a process has the store in ${store} open, and no service answers at ${url}`, error)
      : failed(`${url} answered ${error.status}: ${error.message}`, error);
  });
  if (path.dirname(made.path) === folder) return made;
  throw failed(`the service at ${url} has another store open: its backups are in ${path.dirname(made.path)}`);
};

const failed = (what: string, cause?: unknown): RunnerError =>
  new RunnerError("BACKUP_FAILED", `There is no backup: ${what}.`, { cause });

/** Also to another disk; it has its name once it is whole there. */
const moveFile = async (from: string, to: string): Promise<void> => {
  const unfinished = `${to}.unfinished`;
  try {
    await copyFile(from, unfinished);
    await chmod(unfinished, 0o600);
    await sync(unfinished);
    await rename(unfinished, to);
    await sync(path.dirname(to));
    await rm(from);
  } finally {
    await rm(unfinished, { force: true });
  }
};

const sync = async (name: string): Promise<void> => {
  const handle = await open(name);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
