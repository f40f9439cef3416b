import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { loadPack, type LoadedPack, type PackFolder, packFolder, packsAround } from "./pack-folder.ts";

/** What a command works on: packs, and in each the names of the alerts and rules meant. */
export interface Target {
  readonly pack: LoadedPack;
  readonly alerts: readonly string[];
  /** Whether the user named the alert itself. */
  readonly isNamed: boolean;
}

/**
 * Finds what the user means by a word: a folder with a pack, the name of a package, or the class name of an alert. Nothing
 * means every pack around the working directory.
 *
 * @throws {CliError} `CLI_TARGET_UNKNOWN` with what there is; `CLI_PACK_UNREADABLE`.
 */
export const findTargets = async (word: string | undefined, cwd: string): Promise<readonly Target[]> => {
  if (word !== undefined && isFolder(resolve(cwd, word))) {
    const folders = packsIn(resolve(cwd, word));
    if (folders.length === 0)
      throw new CliError(
        "CLI_TARGET_UNKNOWN",
        `${word} holds no pack. Expected a package that depends on @mozdef/alert.`,
      );
    return Promise.all(folders.map(wholePack));
  }
  const folders = packsAround(cwd);
  if (folders.length === 0)
    throw new CliError("CLI_TARGET_UNKNOWN", `There is no pack at or above ${cwd}. Name a folder, or change into one.`);
  const named = folders.filter(({ name }) => word === undefined || name === word || name === `@mozdef/alerts-${word}`);
  if (named.length > 0) return Promise.all(named.map(wholePack));
  return withAlert(await Promise.all(folders.map(loadPack)), word ?? "");
};

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** A folder is a pack, or holds some. */
const packsIn = (path: string): readonly PackFolder[] => {
  const own = packFolder(path);
  return own === null ? packsAround(path).filter((pack) => pack.path.startsWith(path)) : [own];
};

const wholePack = async (folder: PackFolder): Promise<Target> => {
  const pack = await loadPack(folder);
  return { pack, alerts: [...pack.runnables.byName.keys()], isNamed: false };
};

const withAlert = (packs: readonly LoadedPack[], name: string): readonly Target[] => {
  const pack = packs.find(({ runnables }) => runnables.byName.has(name));
  if (pack !== undefined) return [{ pack, alerts: [name], isNamed: true }];
  const known = packs.flatMap(({ runnables }) => [...runnables.byName.keys()]).sort();
  throw new CliError(
    "CLI_TARGET_UNKNOWN",
    `No pack and no alert is named "${name}".\nPacks: ${packs.map((one) => one.name).join(", ")}.\nAlerts: ${known.join(", ")}.`,
  );
};

/**
 * The one alert that a word means.
 *
 * @throws {CliError} `CLI_TARGET_UNKNOWN`.
 */
export const findAlert = async (
  name: string,
  cwd: string,
): Promise<{ readonly pack: LoadedPack; readonly alert: string }> => {
  const targets = await findTargets(name, cwd);
  const [target] = targets;
  const [alert] = target?.alerts ?? [];
  if (targets.length === 1 && target?.alerts.length === 1 && alert !== undefined) return { pack: target.pack, alert };
  const known = targets.flatMap(({ alerts }) => alerts);
  throw new CliError("CLI_TARGET_UNKNOWN", `"${name}" means more than one alert. Name one of ${known.join(", ")}.`);
};
