import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PackFolder } from "../../packs/pack-folder.ts";
import { fromGit } from "./from-git.ts";
import { fromRegistry, publishedVersion } from "./from-registry.ts";
import { type OtherVersion, packIn } from "./version-folder.ts";

/**
 * Another version of a pack: a folder, a published version (`1.2.0` or `@mozdef/alerts-ssh@1.2.0`), or anything that git can
 * name.
 *
 * @throws {CliError} `CLI_GIT_FAILED`, `CLI_PACK_UNREADABLE`, `CLI_REGISTRY_FAILED`, `CLI_VERSION_UNKNOWN`.
 */
export const otherVersion = (pack: PackFolder, word: string, cwd: string): OtherVersion => {
  const path = resolve(cwd, word);
  if (existsSync(join(path, "package.json"))) return { folder: packIn(path, word), remove: () => undefined };
  const version = publishedVersion(pack, word);
  return version === null ? fromGit(pack, word) : fromRegistry(pack, version);
};
