import { messageOf } from "@mozdef/alert";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { type PackFolder, packFolder } from "../packs/pack-folder.ts";

/** Another version of a pack, in a folder that goes when it is not needed any more. */
export interface OtherVersion {
  readonly folder: PackFolder;
  readonly remove: () => void;
}

/**
 * Another version of a pack: a folder, a published version (`1.2.0` or `@mozdef/alerts-ssh@1.2.0`), or anything that git can
 * name.
 *
 * @throws {CliError} `CLI_GIT_FAILED`, `CLI_PACK_UNREADABLE`.
 */
export const otherVersion = (pack: PackFolder, word: string, cwd: string): OtherVersion => {
  const path = resolve(cwd, word);
  if (existsSync(join(path, "package.json"))) return { folder: packIn(path, word), remove: () => undefined };
  const version = publishedVersion(pack, word);
  return version === null ? fromGit(pack, word) : fromRegistry(pack, version);
};

const packIn = (path: string, word: string): PackFolder => {
  const folder = packFolder(path);
  if (folder !== null) return folder;
  throw new CliError("CLI_PACK_UNREADABLE", `--against ${word}: there is no pack of alerts in ${path}.`);
};

const publishedVersion = ({ name }: PackFolder, word: string): string | null => {
  const version = word.startsWith(`${name}@`) ? word.slice(name.length + 1) : word;
  return /^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version) ? version : null;
};

const temporary = (): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), "mozdef-against-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

/** The files of the pack as of a commit; what it imports is taken from the present one. */
const fromGit = (pack: PackFolder, ref: string): OtherVersion => {
  const { path, remove } = temporary();
  try {
    const root = git(pack.path, ["rev-parse", "--show-toplevel"]).toString().trim();
    const commit = git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`])
      .toString()
      .trim();
    const inside = relative(root, pack.path).replaceAll("\\", "/");
    execFileSync("tar", ["-x", "-C", path], {
      input: git(root, ["archive", "--format=tar", commit, "--", inside || "."]),
    });
    const folder = join(path, inside);
    const modules = join(pack.path, "node_modules");
    if (existsSync(modules)) symlinkSync(modules, join(folder, "node_modules"), "junction");
    return { folder: packIn(folder, ref), remove };
  } catch (cause) {
    remove();
    if (cause instanceof CliError) throw cause;
    throw new CliError(
      "CLI_GIT_FAILED",
      `--against ${ref}: neither a folder, nor a published version such as 1.2.0, nor a commit that has ${pack.name}: ${messageOf(cause)}`,
      { cause },
    );
  }
};

const git = (cwd: string, words: readonly string[]): Buffer =>
  execFileSync("git", [...words], { cwd, stdio: ["ignore", "pipe", "pipe"], maxBuffer: 256 * 1_024 * 1_024 });

const fromRegistry = ({ name }: PackFolder, version: string): OtherVersion => {
  const { path, remove } = temporary();
  try {
    mkdirSync(path, { recursive: true });
    const words = [
      "install",
      "--prefix",
      path,
      "--no-save",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      `${name}@${version}`,
    ];
    execFileSync("npm", words, { stdio: ["ignore", "ignore", "pipe"] });
    return { folder: packIn(join(path, "node_modules", ...name.split("/")), `${name}@${version}`), remove };
  } catch (cause) {
    remove();
    if (cause instanceof CliError) throw cause;
    throw new CliError("CLI_PACK_UNREADABLE", `Cannot install ${name}@${version}: ${messageOf(cause)}`, { cause });
  }
};
