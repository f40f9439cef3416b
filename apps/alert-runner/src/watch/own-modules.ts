import { isAlertCode } from "@mozdef/alert-engine";
import { registerHooks } from "node:module";
import { dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The modules of the configuration and of packs that lie here as sources. */
export interface OwnModules {
  /** Their folders: the whole `src` of a package, else the folder of each file. */
  readonly folders: () => readonly WatchedFolder[];
  /** From now on they are loaded anew, as the files are then. What was loaded before stays in memory. */
  readonly renew: () => void;
}

export interface WatchedFolder {
  readonly path: string;
  /** Whether what lies in its folders counts as well. */
  readonly isDeep: boolean;
}

/** Begins to note which modules are loaded: call it before the first of them is. */
export const trackModules = (): OwnModules => {
  const files = new Set<string>();
  let version = 1;
  registerHooks({
    resolve: (specifier, context, next) => {
      const resolved = next(specifier, context);
      const file = ownFile(resolved.url);
      if (file === null) return resolved;
      files.add(file);
      // Node.js keeps a module for good under its address. What is required has none.
      const isRenewed = version > 1 && context.conditions.includes("import");
      return isRenewed ? { ...resolved, url: `${resolved.url}?v=${version}` } : resolved;
    },
  });
  return {
    folders: () => foldersOf(files),
    renew: () => {
      version++;
    },
  };
};

const ownFile = (url: string): string | null => {
  if (!url.startsWith("file:") || url.includes("?")) return null;
  const file = fileURLToPath(url);
  return !file.split(sep).includes("node_modules") && isAlertCode(file) ? file : null;
};

const SOURCES = `${sep}src${sep}`;

const foldersOf = (files: ReadonlySet<string>): readonly WatchedFolder[] => {
  const folders = new Map<string, WatchedFolder>();
  for (const file of files) {
    const at = file.indexOf(SOURCES);
    const path = at === -1 ? dirname(file) : file.slice(0, at + SOURCES.length - 1);
    folders.set(path, { path, isDeep: at !== -1 });
  }
  return [...folders.values()];
};
