import { messageOf } from "@mozdef/alert";
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "../../cli-error.ts";
import type { PackFolder } from "../../packs/pack-folder.ts";
import { type OtherVersion, versionFolder } from "./version-folder.ts";

/** `1.2.0`, also behind the name of the pack; null for anything else. */
export const publishedVersion = ({ name }: Pick<PackFolder, "name">, word: string): string | null => {
  const version = word.startsWith(`${name}@`) ? word.slice(name.length + 1) : word;
  return /^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version) ? version : null;
};

/** A published version, from the registry that npm uses in the folder of the pack. */
export const fromRegistry = (pack: PackFolder, version: string): OtherVersion => {
  const word = `${pack.name}@${version}`;
  return versionFolder(pack, word, (path) => {
    download(pack, word, path);
    const archive = readdirSync(path).find((file) => file.endsWith(".tgz"));
    if (archive === undefined) throw failed(word, "npm gave no archive");
    try {
      execFileSync("tar", ["-xzf", archive, "--strip-components=1"], {
        cwd: path,
        stdio: ["ignore", "ignore", "pipe"],
      });
    } catch (cause) {
      throw failed(word, messageOf(cause));
    }
    rmSync(join(path, archive));
  });
};

const download = ({ path: cwd }: PackFolder, word: string, path: string): void => {
  const { status, stdout, stderr, error } = spawnSync("npm", ["pack", word, "--json", "--ignore-scripts"], {
    cwd,
    env: { ...process.env, npm_config_pack_destination: path },
    encoding: "utf8",
    // Windows starts npm through a shell only; the name of a package and a version need no quotes there.
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  const { code, summary } = errorIn(stdout);
  if (code === "ETARGET" || code === "E404")
    throw new CliError("CLI_VERSION_UNKNOWN", `--against: the registry has no ${word}, or does not show it to you.`);
  throw failed(word, summary ?? error?.message ?? stderr.trim());
};

const failed = (word: string, reason: string): CliError =>
  new CliError("CLI_REGISTRY_FAILED", `--against: cannot fetch ${word} with npm: ${reason}`);

/** What npm says for tools when it fails. */
const errorIn = (json: string | null): { readonly code?: string; readonly summary?: string } => {
  try {
    return (
      (JSON.parse(json ?? "") as { readonly error?: { readonly code?: string; readonly summary?: string } }).error ?? {}
    );
  } catch {
    // It was not npm that failed, or not as it does.
    return {};
  }
};
