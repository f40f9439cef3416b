import { EmbeddedSearch } from "@mozdef/embedded-search";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { StoreConfig } from "../config/config-schema.ts";
import { newSecret } from "./secrets.ts";

/** The file beside an embedded store by which commands on the same machine may ask the service that has it open. */
const FILE = "local-key";

/** Where it is; null for a cluster, which commands ask themselves. */
const fileOf = (store: StoreConfig, folder: string): string | null =>
  "path" in store ? path.join(path.dirname(EmbeddedSearch.fileIn(path.resolve(folder, store.path))), FILE) : null;

/** A key for {@link writeLocalKey}, another one with each start. */
export const newLocalKey = (): string => newSecret("mzl_");

/** Leaves a key for the user of the service alone: whoever can read it can read the whole store. Nothing for a cluster. */
export const writeLocalKey = (store: StoreConfig, folder: string, key: string): void => {
  const file = fileOf(store, folder);
  if (file === null) return;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // A mode is taken for a new file only.
  rmSync(file, { force: true });
  writeFileSync(file, key, { mode: 0o600, flag: "wx" });
};

/** The key of the service that has the store open; null when there is none. */
export const readLocalKey = (store: StoreConfig, folder: string): string | null => {
  const file = fileOf(store, folder);
  return file !== null && existsSync(file) ? readFileSync(file, "utf8") : null;
};

/** For the end of the service. */
export const removeLocalKey = (store: StoreConfig, folder: string): void => {
  const file = fileOf(store, folder);
  if (file !== null) rmSync(file, { force: true });
};
