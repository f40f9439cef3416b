import { EmbeddedSearch } from "@mozdef/embedded-search";
import path from "node:path";
import type { StoreConfig } from "../config/config-schema.ts";
import { type Backups, createBackups } from "./backups.ts";

/** Bytes that stay free on the disk of an embedded store by default: 100 MiB. */
export const FREE_DISK_BYTES = 104_857_600;

const KEPT = 3;

/**
 * The backups of the embedded store of a configuration.
 *
 * @param config - Its `path` is absolute.
 * @param root - What other paths are relative to.
 * @param copy - Copies the store to a file.
 */
export const backupsOf = (
  config: Extract<StoreConfig, { path: unknown }>,
  root: string,
  copy: (file: string) => Promise<{ readonly bytes: number }>,
): Backups & { readonly folder: string } => {
  const { path: store, backups, keepBackups: keep = KEPT, freeDiskBytes = FREE_DISK_BYTES } = config;
  const folder = backups === undefined ? path.join(store, "backups") : path.resolve(root, backups);
  const file = EmbeddedSearch.fileIn(store);
  return { folder, ...createBackups({ folder, keep, file, freeDiskBytes, copy, now: () => new Date() }) };
};
