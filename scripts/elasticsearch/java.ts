// Finds a JDK that a server runs on.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fail } from "./error.ts";
import { folderOf, type Server } from "./servers.ts";

const subfolders = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];

const javaVersion = (home: string): number => {
  const { stderr, status } = spawnSync(join(home, "bin", "java"), ["-version"], { encoding: "utf8" });
  return status === 0 ? Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0) : 0;
};

/** GitHub's machines name their JDKs by `JAVA_HOME_21_X64` and the like. */
const namedHomes = (): readonly (string | undefined)[] =>
  Object.entries(process.env).flatMap(([name, home]) => (/^JAVA_HOME_\d+_/.test(name) ? [home] : []));

/** The home of a JDK that suits the server: of the environment, else the first found where JDKs usually are. */
export const findJava = (server: Server): string => {
  const { oldestJava, newestJava = Infinity } = server;
  const mac = subfolders("/Library/Java/JavaVirtualMachines").map((folder) => join(folder, "Contents", "Home"));
  const fromEnvironment = [process.env.ES_JAVA_HOME, process.env.JAVA_HOME, ...namedHomes()];
  const found = [...fromEnvironment, ...subfolders("/usr/lib/jvm"), ...mac]
    .filter((home): home is string => home !== undefined && home !== "")
    .map((home) => ({ home, version: javaVersion(home) }));
  const java = found.find(({ version }) => version >= oldestJava && version <= newestJava);
  if (java !== undefined) return java.home;
  const seen = found.filter(({ version }) => version > 0).map(({ home, version }) => `${home} (${version})`);
  const wanted = newestJava === Infinity ? `${oldestJava} or newer` : `${oldestJava} to ${newestJava}`;
  return fail(
    `${folderOf(server)} needs a JDK of version ${wanted}.`,
    `Looked at ES_JAVA_HOME, JAVA_HOME and /usr/lib/jvm; found ${seen.join(", ") || "none"}.`,
    `Install one (Debian: apt-get install openjdk-${oldestJava}-jdk-headless) or set ES_JAVA_HOME.`,
  );
};
