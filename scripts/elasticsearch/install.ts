// Downloads a server.
import { spawnSync, type SpawnSyncOptions } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "../repository.ts";
import { fail } from "./error.ts";
import { artifactOf, folderOf, type Server } from "./servers.ts";

/** Everything of every server is kept here. */
export const cache = join(root, ".cache/elasticsearch");

const findMaven = (server: Server): string => {
  const folders = (process.env.PATH ?? "").split(delimiter);
  if (folders.some((folder) => existsSync(join(folder, "mvn")))) return "mvn";
  return fail(
    `${folderOf(server)} is downloaded with Maven, and there is no mvn in PATH.`,
    "Install it (Debian: apt-get install maven). It is needed once; the download is kept in .cache/elasticsearch.",
  );
};

const run = (command: string, args: readonly string[], options: SpawnSyncOptions = {}): void => {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"], ...options });
  if (status !== 0) fail(`${command} ${args.join(" ")} failed: ${error?.message ?? `exit code ${status ?? "none"}`}.`);
};

/** Downloads and unpacks a server on first use; returns its folder. */
export const install = (server: Server, javaHome: string): string => {
  const home = join(cache, folderOf(server));
  if (existsSync(join(home, ".complete"))) return home;
  mkdirSync(cache, { recursive: true });
  const zip = `${home}.zip`;
  if (!existsSync(zip))
    run(findMaven(server), ["-q", "dependency:copy", `-Dartifact=${artifactOf(server)}`, `-DoutputDirectory=${cache}`]);
  rmSync(home, { recursive: true, force: true });
  // The jar tool of the JDK unpacks zip files too, so no other program is needed; it only forgets what is executable.
  run(join(javaHome, "bin", "jar"), ["xf", zip], { cwd: cache });
  for (const name of readdirSync(join(home, "bin"))) chmodSync(join(home, "bin", name), 0o755);
  writeFileSync(join(home, ".complete"), "");
  return home;
};
