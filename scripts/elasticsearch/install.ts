// Finds Java and downloads the server.
import { spawnSync, type SpawnSyncOptions } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "../repository.ts";
import { fail } from "./error.ts";

export const VERSION = "9.5.3";
const ARTIFACT = `org.elasticsearch.distribution.integ-test-zip:elasticsearch:${VERSION}:zip`;
const OLDEST_JAVA = 21;

/** Everything of Elasticsearch is kept here. */
export const cache = join(root, ".cache/elasticsearch");

const subfolders = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];

const javaVersion = (home: string): number => {
  const { stderr, status } = spawnSync(join(home, "bin", "java"), ["-version"], { encoding: "utf8" });
  return status === 0 ? Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0) : 0;
};

/** The home of a JDK that is new enough: of the environment, else the first found where JDKs usually are. */
export const findJava = (): string => {
  const mac = subfolders("/Library/Java/JavaVirtualMachines").map((folder) => join(folder, "Contents", "Home"));
  const homes = [process.env.ES_JAVA_HOME, process.env.JAVA_HOME, ...subfolders("/usr/lib/jvm"), ...mac];
  const found = homes
    .filter((home): home is string => home !== undefined && home !== "")
    .map((home) => ({ home, version: javaVersion(home) }));
  const java = found.find(({ version }) => version >= OLDEST_JAVA);
  if (java !== undefined) return java.home;
  const seen = found.filter(({ version }) => version > 0).map(({ home, version }) => `${home} (${version})`);
  return fail(
    `Elasticsearch ${VERSION} needs a JDK of version ${OLDEST_JAVA} or newer.`,
    `Looked at ES_JAVA_HOME, JAVA_HOME and /usr/lib/jvm; found ${seen.join(", ") || "none"}.`,
    "Install one (Debian: apt-get install openjdk-21-jdk-headless or temurin-25-jdk) or set ES_JAVA_HOME.",
  );
};

const findMaven = (): string => {
  const folders = (process.env.PATH ?? "").split(delimiter);
  if (folders.some((folder) => existsSync(join(folder, "mvn")))) return "mvn";
  return fail(
    `Elasticsearch ${VERSION} is downloaded with Maven, and there is no mvn in PATH.`,
    "Install it (Debian: apt-get install maven). It is needed once; the download is kept in .cache/elasticsearch.",
  );
};

const run = (command: string, args: readonly string[], options: SpawnSyncOptions = {}): void => {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"], ...options });
  if (status !== 0) fail(`${command} ${args.join(" ")} failed: ${error?.message ?? `exit code ${status ?? "none"}`}.`);
};

/** Downloads and unpacks the server on first use; returns its folder. */
export const install = (javaHome: string): string => {
  const home = join(cache, `elasticsearch-${VERSION}`);
  if (existsSync(join(home, ".complete"))) return home;
  mkdirSync(cache, { recursive: true });
  const zip = join(cache, `elasticsearch-${VERSION}.zip`);
  if (!existsSync(zip))
    run(findMaven(), ["-q", "dependency:copy", `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${cache}`]);
  rmSync(home, { recursive: true, force: true });
  // The jar tool of the JDK unpacks zip files too, so no other program is needed; it only forgets what is executable.
  run(join(javaHome, "bin", "jar"), ["xf", zip], { cwd: cache });
  for (const name of readdirSync(join(home, "bin"))) chmodSync(join(home, "bin", name), 0o755);
  writeFileSync(join(home, ".complete"), "");
  return home;
};
