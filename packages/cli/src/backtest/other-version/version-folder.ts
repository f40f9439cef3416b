import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CliError } from "../../cli-error.ts";
import { type PackFolder, packFolder } from "../../packs/pack-folder.ts";

/** Another version of a pack, in a folder that goes when it is not needed any more. */
export interface OtherVersion {
  readonly folder: PackFolder;
  readonly remove: () => void;
}

/**
 * Makes another version of a pack in a folder of its own, where what it imports is what the present version imports.
 *
 * @param fill - Puts the files of the pack into a folder.
 */
export const versionFolder = (pack: PackFolder, word: string, fill: (path: string) => void): OtherVersion => {
  const top = mkdtempSync(join(tmpdir(), "mozdef-against-"));
  const remove = (): void => rmSync(top, { recursive: true, force: true });
  try {
    const path = join(withModules(top, modulesOf(pack.path)), "pack");
    mkdirSync(path);
    fill(path);
    return { folder: packIn(path, word), remove };
  } catch (cause) {
    remove();
    throw cause;
  }
};

/** Where imports are looked for, the nearest first: a workspace keeps most of them at its root. */
const modulesOf = (path: string): readonly string[] => {
  const parent = dirname(path);
  return [join(path, "node_modules"), ...(parent === path ? [] : modulesOf(parent))].filter((modules) =>
    existsSync(modules),
  );
};

/** Folders in folders, each with one of them: imports are found in the same order. Returns the innermost. */
const withModules = (top: string, modules: readonly string[]): string =>
  modules.reduceRight((path, target) => {
    const inner = join(path, "in");
    mkdirSync(inner);
    symlinkSync(target, join(inner, "node_modules"), "junction");
    return inner;
  }, top);

/**
 * The pack in a folder.
 *
 * @param word - What the user named it by.
 * @throws {CliError} `CLI_PACK_UNREADABLE` when there is none.
 */
export const packIn = (path: string, word: string): PackFolder => {
  const folder = packFolder(path);
  if (folder !== null) return folder;
  throw new CliError("CLI_PACK_UNREADABLE", `--against ${word}: there is no pack of alerts in ${path}.`);
};
