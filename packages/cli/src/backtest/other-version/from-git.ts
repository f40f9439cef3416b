import { messageOf } from "@mozdef/alert";
import { execFileSync } from "node:child_process";
import { CliError } from "../../cli-error.ts";
import type { PackFolder } from "../../packs/pack-folder.ts";
import { type OtherVersion, versionFolder } from "./version-folder.ts";

/** The files of the pack as of a commit. */
export const fromGit = (pack: PackFolder, ref: string): OtherVersion =>
  versionFolder(pack, ref, (path) => {
    try {
      const commit = git(pack.path, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
      const inside = git(pack.path, ["rev-parse", "--show-prefix"]);
      // From the root: elsewhere git takes the path as one below it.
      const root = git(pack.path, ["rev-parse", "--show-toplevel"]).toString().trim();
      const tree = `${commit.toString().trim()}:${inside.toString().trim()}`;
      execFileSync("tar", ["-x", "-C", path], { input: git(root, ["archive", "--format=tar", tree]) });
    } catch (cause) {
      throw new CliError(
        "CLI_GIT_FAILED",
        `--against ${ref}: neither a folder, nor a published version such as 1.2.0, nor a commit that has ${pack.name}: ${messageOf(cause)}`,
        { cause },
      );
    }
  });

const git = (cwd: string, words: readonly string[]): Buffer =>
  execFileSync("git", [...words], { cwd, stdio: ["ignore", "pipe", "pipe"], maxBuffer: 256 * 1_024 * 1_024 });
