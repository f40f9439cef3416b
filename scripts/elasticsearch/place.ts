// The user a server runs as, and its folders.
import { spawnSync } from "node:child_process";
import { chownSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail } from "./error.ts";
import { cache, VERSION } from "./install.ts";

/** Empty for the user of this process. */
export interface User {
  readonly uid?: number;
  readonly gid?: number;
}

export interface Place {
  readonly server: string;
  /** Configuration, data and logs. */
  readonly folder: string;
}

/** Elasticsearch refuses to run as root; then it runs as `nobody`. */
export const userToRunAs = (): User => {
  if (process.getuid?.() !== 0) return {};
  const entry = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((line) => line.startsWith("nobody:"));
  if (entry === undefined)
    return fail("Elasticsearch does not run as root, and this machine has no user nobody to run it as.");
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

/** A fresh folder for configuration, data and logs, and the server's own folder, both where the user can reach them. */
export const prepare = (home: string, user: User, port: number): Place => {
  const isReachable = spawnSync("test", ["-x", join(home, "bin", "elasticsearch")], { ...user }).status === 0;
  const base = isReachable ? cache : join(tmpdir(), "mozdef-elasticsearch");
  const server = join(base, `elasticsearch-${VERSION}`);
  if (!isReachable) cpSync(home, server, { recursive: true });
  const folder = join(base, `run-${port}`);
  rmSync(folder, { recursive: true, force: true });
  for (const name of ["data", "logs", "tmp"]) mkdirSync(join(folder, name), { recursive: true });
  cpSync(join(server, "config"), join(folder, "config"), { recursive: true });
  ownBy(folder, user);
  return { server, folder };
};
