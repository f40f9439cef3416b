import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { failureOf, type LoadedPack, type LoadFailure } from "@mozdef/alert-engine";
import { type AlertPack, messageOf } from "@mozdef/alert";
import { readPack } from "@mozdef/alert/runtime";
import { packSource } from "../config/pack-source.ts";
import { RunnerError } from "../runner-error.ts";

export interface LoadedPacks {
  readonly packs: readonly LoadedPack[];
  /** Versions of the packages by their names. Packs that were given as they are have none. */
  readonly versions: Readonly<Record<string, string>>;
  readonly failures: readonly LoadFailure[];
}

/**
 * Loads packs by name, from where the configuration lies or else from among those that came with the service, or takes
 * them as they are.
 *
 * Shape: one entry in `packs` or in `failures` for each that was asked for.
 *
 * @param isWanted - Whether a pack is loaded: no code of others is. Default: all are.
 */
export const loadPacks = async (
  wanted: readonly (string | AlertPack)[],
  folder: string,
  isWanted: (source: string) => boolean = () => true,
): Promise<LoadedPacks> => {
  const packs: LoadedPack[] = [];
  const failures: LoadFailure[] = [];
  const versions = new Map<string, string>();
  for (const [index, entry] of wanted.entries()) {
    const source = packSource(entry, index);
    if (!isWanted(source)) continue;
    try {
      packs.push({
        source,
        pack: readPack(typeof entry === "string" ? await importPack(entry, folder) : entry, source),
      });
      const version = typeof entry === "string" ? versionOf(entry, folder) : undefined;
      if (version !== undefined) versions.set(source, version);
    } catch (error) {
      failures.push(failureOf(source, error));
    }
  }
  return { packs, failures, versions: Object.fromEntries(versions) };
};

const importPack = async (name: string, folder: string): Promise<unknown> => {
  const module = await importModule(name, folder);
  if ("default" in module) return module.default;
  throw new RunnerError(
    "PACK_LOAD_FAILED",
    `The package ${name} has no default export. Expected: export default definePack({ ... })`,
  );
};

const importModule = async (name: string, folder: string): Promise<object> => {
  const file = resolveFrom(folder, name);
  try {
    return (await import(file === undefined ? name : pathToFileURL(file).href)) as object;
  } catch (cause) {
    if (file === undefined && isNotFound(cause, name))
      throw new RunnerError(
        "PACK_NOT_FOUND",
        `There is no package ${name}. Looked in ${folder} and beside the service. Is it installed?`,
        { cause },
      );
    throw new RunnerError("PACK_LOAD_FAILED", `The package ${name} cannot be loaded: ${messageOf(cause)}`, { cause });
  }
};

/** As the manifest above the file says that is imported; undefined when there is none of that name. */
const versionOf = (name: string, folder: string): string | undefined => {
  const file = resolveFrom(folder, name) ?? resolveFrom(import.meta.dirname, name);
  for (let place = path.dirname(file ?? "/"); place !== path.dirname(place); place = path.dirname(place)) {
    const manifest = manifestIn(place);
    if (manifest?.name === name) return typeof manifest.version === "string" ? manifest.version : undefined;
  }
  return undefined;
};

const manifestIn = (place: string): { readonly name?: unknown; readonly version?: unknown } | undefined => {
  try {
    return JSON.parse(readFileSync(path.join(place, "package.json"), "utf8")) as ReturnType<typeof manifestIn>;
  } catch {
    return undefined;
  }
};

const resolveFrom = (folder: string, name: string): string | undefined => {
  try {
    return createRequire(path.join(folder, "mozdef.config.js")).resolve(name);
  } catch {
    return undefined; // not installed there: packs that came with the service are found from here
  }
};

/** Whether it is the package itself that is missing, not something that it imports. */
const isNotFound = (error: unknown, name: string): boolean =>
  error instanceof Error &&
  "code" in error &&
  String(error.code).includes("MODULE_NOT_FOUND") &&
  error.message.includes(name);
