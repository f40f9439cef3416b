import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import {
  type LoadedPack,
  type LoadedPacks,
  loadPacks,
  type PackFolder,
  packFolder,
  packsAround,
  type PackUnreadable,
} from "./pack-folder.ts";

/** What a command works on: packs, and in each the names of the alerts and rules meant. */
export interface Target {
  readonly pack: LoadedPack;
  readonly alerts: readonly string[];
  /** Whether the user named the alert itself. */
  readonly isNamed: boolean;
}

/** What a word means. */
export interface Targets {
  readonly targets: readonly Target[];
  /** `CLI_PACK_UNREADABLE` for each pack that is meant, or may be, and cannot be loaded; the others are there. */
  readonly unreadable: readonly PackUnreadable[];
}

/**
 * Finds what the user means by a word: a folder with a pack, the name of a package, or the class name of an alert. Nothing
 * means every pack around the working directory.
 *
 * @throws {CliError} `CLI_TARGET_UNKNOWN` with what there is.
 */
export const findTargets = async (word: string | undefined, cwd: string): Promise<Targets> => {
  if (word !== undefined && isFolder(resolve(cwd, word))) {
    const folders = packsIn(resolve(cwd, word));
    if (folders.length === 0)
      throw new CliError(
        "CLI_TARGET_UNKNOWN",
        `${word} holds no pack. Expected a package that depends on @mozdef/alert.`,
      );
    return wholePacks(folders);
  }
  const folders = packsAround(cwd);
  if (folders.length === 0)
    throw new CliError("CLI_TARGET_UNKNOWN", `There is no pack at or above ${cwd}. Name a folder, or change into one.`);
  const named = folders.filter(({ name }) => word === undefined || name === word || name === `@mozdef/alerts-${word}`);
  if (named.length > 0) return wholePacks(named);
  return withAlert(await loadPacks(folders), word ?? "");
};

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** A folder is a pack, or holds some. */
const packsIn = (path: string): readonly PackFolder[] => {
  const own = packFolder(path);
  return own === null ? packsAround(path).filter((pack) => pack.path.startsWith(path)) : [own];
};

const wholePacks = async (folders: readonly PackFolder[]): Promise<Targets> => {
  const { packs, unreadable } = await loadPacks(folders);
  const targets = packs.map((pack) => ({ pack, alerts: [...pack.runnables.byName.keys()], isNamed: false }));
  return { targets, unreadable };
};

const withAlert = ({ packs, unreadable }: LoadedPacks, name: string): Targets => {
  const pack = packs.find(({ runnables }) => runnables.byName.has(name));
  if (pack !== undefined) return { targets: [{ pack, alerts: [name], isNamed: true }], unreadable: [] };
  const known = packs.flatMap(({ runnables }) => [...runnables.byName.keys()]).sort();
  throw new CliError(
    "CLI_TARGET_UNKNOWN",
    [
      `No pack and no alert is named "${name}".`,
      `Packs: ${packs.map((one) => one.name).join(", ")}.`,
      `Alerts: ${known.join(", ")}.`,
      ...unreadable.map(({ message }) => message),
    ].join("\n"),
  );
};

/**
 * The one alert that a word means.
 *
 * @throws {CliError} `CLI_TARGET_UNKNOWN`; `CLI_PACK_UNREADABLE`.
 */
export const findAlert = async (
  name: string,
  cwd: string,
): Promise<{ readonly pack: LoadedPack; readonly alert: string }> => {
  const { targets, unreadable } = await findTargets(name, cwd);
  const [target] = targets;
  if (targets.length === 0 && unreadable[0] !== undefined) throw unreadable[0];
  const [alert] = target?.alerts ?? [];
  if (targets.length === 1 && target?.alerts.length === 1 && alert !== undefined) return { pack: target.pack, alert };
  const known = targets.flatMap(({ alerts }) => alerts);
  throw new CliError("CLI_TARGET_UNKNOWN", `"${name}" means more than one alert. Name one of ${known.join(", ")}.`);
};
