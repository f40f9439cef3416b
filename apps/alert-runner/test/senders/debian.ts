import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** A program of Debian in a folder of its own, nothing of it installed. */
export interface Unpacked {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
}

/** @param program - Below the root; tells whether it was unpacked before. */
export const unpack = (folder: string, program: string, packages: readonly string[]): Unpacked => {
  const root = join(folder, "root");
  if (!existsSync(join(root, program))) {
    mkdirSync(root, { recursive: true });
    execFileSync("apt-get", ["download", "-qq", ...packages], { cwd: folder, stdio: "ignore" });
    execFileSync("sh", ["-c", `for package in *.deb; do dpkg -x "$package" root; done`], { cwd: folder });
  }
  const libraries = ["usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu", "usr/lib/syslog-ng", "usr/lib/syslog-ng/3.38"];
  return { root, env: { ...process.env, LD_LIBRARY_PATH: libraries.map((path) => join(root, path)).join(":") } };
};
