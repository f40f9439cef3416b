// The user a server runs as, and its folders.
import { spawnSync } from "node:child_process";
import { chownSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail } from "./error.ts";
import { cache } from "./install.ts";
import { clearMemory, placeInMemory } from "./memory-files.ts";
import { folderOf, type Server } from "./servers.ts";

/** Empty for the user of this process. */
export interface User {
  readonly uid?: number;
  readonly gid?: number;
}

export interface Place {
  readonly home: string;
  /** Configuration and logs. */
  readonly folder: string;
  /** What the server stores: in {@link Place.folder}, or in memory. */
  readonly data: string;
}

/** How a server is placed. */
export interface PlaceWanted {
  readonly port: number;
  readonly isInMemory: boolean;
}

/** No server runs as root; then it runs as `nobody`. */
export const userToRunAs = (): User => {
  if (process.getuid?.() !== 0) return {};
  const entry = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((line) => line.startsWith("nobody:"));
  if (entry === undefined)
    return fail("The servers do not run as root, and this machine has no user nobody to run it as.");
  const [, , uid, gid] = entry.split(":");
  return { uid: Number(uid), gid: Number(gid) };
};

const ownBy = (folder: string, { uid, gid }: User): void => {
  if (uid === undefined || gid === undefined) return;
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) ownBy(path, { uid, gid });
    else chownSync(path, uid, gid);
  }
};

/** Paths below the server's own folder, which its user may not write to: the log of the garbage collector, heap dumps. */
const writeBelow = (folder: string): void => {
  const file = join(folder, "config", "jvm.options");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll(/([=:])(logs|data)(?=[/\s:]|$)/gm, `$1${folder}/$2`));
};

/**
 * A fresh folder for configuration, data and logs, and the server's own folder, both where the user can reach them.
 *
 * @param wanted.isInMemory - Keep the data in memory, where there is room for that.
 */
export const prepare = (server: Server, installed: string, user: User, wanted: PlaceWanted): Place => {
  const { port, isInMemory } = wanted;
  const isReachable = spawnSync("test", ["-x", join(installed, "bin", server.product)], { ...user }).status === 0;
  const base = isReachable ? cache : join(tmpdir(), "mozdef-elasticsearch");
  const home = join(base, folderOf(server));
  if (!isReachable) cpSync(installed, home, { recursive: true });
  const folder = join(base, `run-${port}`);
  rmSync(folder, { recursive: true, force: true });
  clearMemory();
  const data = (isInMemory ? placeInMemory(port) : undefined) ?? join(folder, "data");
  for (const path of [data, join(folder, "logs"), join(folder, "tmp")]) mkdirSync(path, { recursive: true });
  cpSync(join(home, "config"), join(folder, "config"), { recursive: true });
  writeBelow(folder);
  for (const path of [folder, data]) ownBy(path, user);
  return { home, folder, data };
};
