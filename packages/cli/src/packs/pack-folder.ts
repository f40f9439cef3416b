import { type AlertPack, messageOf } from "@mozdef/alert";
import { readPack } from "@mozdef/alert/runtime";
import { placeInCode } from "@mozdef/alert-engine";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { CliError } from "../cli-error.ts";
import { type Runnables, runnablesOf } from "./runnable.ts";

/** A folder with a package of alerts. */
export interface PackFolder {
  readonly name: string;
  readonly path: string;
  /** The module whose default export is the pack. */
  readonly entry: string;
}

/** A pack that was loaded from its folder. */
export interface LoadedPack extends PackFolder {
  readonly pack: AlertPack;
  readonly runnables: Runnables;
}

/** The package in a folder when it can be a pack of alerts: it has an entry and depends on `@mozdef/alert`. */
export const packFolder = (path: string): PackFolder | null => {
  const file = join(path, "package.json");
  if (!existsSync(file)) return null;
  const { name, exports, dependencies, peerDependencies } = readManifest(file);
  const isPack = { ...dependencies, ...peerDependencies }["@mozdef/alert"] !== undefined;
  const entry = entryOf(path, exports);
  return isPack && entry !== null && typeof name === "string" ? { name, path, entry } : null;
};

interface Manifest {
  readonly name?: unknown;
  readonly exports?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly workspaces?: unknown;
}

const readManifest = (file: string): Manifest => {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Manifest;
  } catch (cause) {
    throw new CliError("CLI_PACK_UNREADABLE", `Cannot read ${file}: ${messageOf(cause)}`, { cause });
  }
};

const SOURCE = "src/index.ts";

/** The sources when the package points at them or has them where the generator puts them, else what it publishes. */
const entryOf = (path: string, exports: unknown): string | null => {
  const root = typeof exports === "object" && exports !== null && "." in exports ? exports["."] : exports;
  const targets =
    typeof root === "object" && root !== null
      ? [Reflect.get(root, "@mozdef/source"), SOURCE, Reflect.get(root, "import"), Reflect.get(root, "default")]
      : [SOURCE, root];
  const files = targets.filter((target) => typeof target === "string").map((target) => join(path, target));
  return files.find((file) => existsSync(file)) ?? null;
};

/** The packs at or above a folder: the one it lies in, or all of the workspace (`alerts/*`, `packs/*`). */
export const packsAround = (folder: string): readonly PackFolder[] => {
  for (let path = resolve(folder); ; path = dirname(path)) {
    const own = packFolder(path);
    if (own !== null) return [own];
    const below = packsBelow(path);
    if (below.length > 0 || dirname(path) === path) return below;
  }
};

const packsBelow = (path: string): readonly PackFolder[] =>
  ["alerts", "packs", "packages", "."]
    .map((name) => join(path, name))
    .filter((parent) => existsSync(parent))
    .map((parent) => foldersIn(parent).flatMap((folder) => packFolder(folder) ?? []))
    .find((found) => found.length > 0) ?? [];

const foldersIn = (parent: string): readonly string[] =>
  readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
    .map((entry) => join(parent, entry.name))
    .sort();

/**
 * What a pack exports.
 *
 * @throws what the module or the pack says.
 */
export const importPack = async ({ name, entry }: PackFolder): Promise<AlertPack> => {
  const module = (await import(pathToFileURL(entry).href)) as { readonly default?: unknown };
  return readPack(module.default, name);
};

/** A pack that cannot be loaded, with what its module or the pack itself says. */
export class PackUnreadable extends CliError {
  /** The name of its package. */
  readonly pack: string;

  constructor({ name, entry }: PackFolder, cause: unknown) {
    const place = placeInCode(cause);
    const at = place === null ? "" : `, at ${place}`;
    super("CLI_PACK_UNREADABLE", `Cannot load the pack ${name} (${entry}): ${messageOf(cause)}${at}`, { cause });
    this.pack = name;
  }
}

/**
 * The alerts and rules of a pack.
 *
 * @throws {PackUnreadable} `CLI_PACK_UNREADABLE`.
 */
export const loadPack = async (folder: PackFolder): Promise<LoadedPack> => {
  try {
    const pack = await importPack(folder);
    return { ...folder, pack, runnables: await runnablesOf(pack, folder.name) };
  } catch (cause) {
    throw new PackUnreadable(folder, cause);
  }
};

/** Packs that were loaded, and `CLI_PACK_UNREADABLE` for each of those that cannot be. */
export interface LoadedPacks {
  readonly packs: readonly LoadedPack[];
  readonly unreadable: readonly PackUnreadable[];
}

/** Loads packs; one that cannot be loaded keeps none of the others from it. */
export const loadPacks = async (folders: readonly PackFolder[]): Promise<LoadedPacks> => {
  const done = await Promise.all(
    folders.map((folder) => loadPack(folder).catch((cause: unknown) => cause as PackUnreadable)),
  );
  return {
    packs: done.flatMap((one) => (one instanceof PackUnreadable ? [] : [one])),
    unreadable: done.filter((one) => one instanceof PackUnreadable),
  };
};
