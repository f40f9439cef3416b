/**
 * Starts and stops a real Elasticsearch for tests.
 *
 *   node scripts/elasticsearch.mjs start [--port 9200]   downloads it on first use, starts it, waits for it, prints its URL; port 0 = any free one
 *   node scripts/elasticsearch.mjs status                prints its URL, or says that it is not running (exit code 1)
 *   node scripts/elasticsearch.mjs stop
 *
 * Needs Maven for the download and a JDK of 21 or newer; nothing else. All files are kept under `.cache/elasticsearch`.
 */
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const VERSION = "9.5.3";
const ARTIFACT = `org.elasticsearch.distribution.integ-test-zip:elasticsearch:${VERSION}:zip`;
const HEAP = "1g";
const OLDEST_JAVA = 21;
const START_SECONDS = 120;

const cache = fileURLToPath(new URL("../.cache/elasticsearch/", import.meta.url));
const stateFile = join(cache, "server.json");

/** Something this machine lacks, or a server that does not come up; the message says what to do. */
export class ElasticsearchError extends Error {
  constructor(message) {
    super(message);
    this.name = "ElasticsearchError";
    this.code = "ELASTICSEARCH_UNAVAILABLE";
  }
}

const fail = (...lines) => {
  throw new ElasticsearchError(lines.join("\n"));
};

const subfolders = (folder) => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []);

function javaVersion(home) {
  const { stderr = "", status } = spawnSync(join(home, "bin", "java"), ["-version"], { encoding: "utf8" });
  return status === 0 ? Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0) : 0;
}

/** The home of a JDK that is new enough: of the environment, else the first found where JDKs usually are. */
function findJava() {
  const mac = subfolders("/Library/Java/JavaVirtualMachines").map((folder) => join(folder, "Contents", "Home"));
  const homes = [process.env.ES_JAVA_HOME, process.env.JAVA_HOME, ...subfolders("/usr/lib/jvm"), ...mac].filter(
    Boolean,
  );
  const found = homes.map((home) => ({ home, version: javaVersion(home) }));
  const java = found.find(({ version }) => version >= OLDEST_JAVA);
  if (java) return java.home;
  const seen = found.filter(({ version }) => version > 0).map(({ home, version }) => `${home} (${version})`);
  return fail(
    `Elasticsearch ${VERSION} needs a JDK of version ${OLDEST_JAVA} or newer.`,
    `Looked at ES_JAVA_HOME, JAVA_HOME and /usr/lib/jvm; found ${seen.join(", ") || "none"}.`,
    "Install one (Debian: apt-get install openjdk-21-jdk-headless or temurin-25-jdk) or set ES_JAVA_HOME.",
  );
}

function findMaven() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  if (folders.some((folder) => existsSync(join(folder, "mvn")))) return "mvn";
  return fail(
    `Elasticsearch ${VERSION} is downloaded with Maven, and there is no mvn in PATH.`,
    "Install it (Debian: apt-get install maven). It is needed once; the download is kept in .cache/elasticsearch.",
  );
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"], ...options });
  if (status !== 0) fail(`${command} ${args.join(" ")} failed: ${error?.message ?? `exit code ${status}`}.`);
}

/** Downloads and unpacks the server on first use; returns its folder. */
function install(javaHome) {
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
}

/** Elasticsearch refuses to run as root; then it runs as `nobody`. */
function userToRunAs() {
  if (process.getuid?.() !== 0) return {};
  const entry = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((line) => line.startsWith("nobody:"));
  if (entry === undefined)
    return fail("Elasticsearch does not run as root, and this machine has no user nobody to run it as.");
  const [, , uid, gid] = entry.split(":");
  return { uid: Number(uid), gid: Number(gid) };
}

function ownBy(folder, { uid, gid }) {
  if (uid === undefined) return;
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) ownBy(path, { uid, gid });
    else chownSync(path, uid, gid);
  }
}

/** A fresh folder for configuration, data and logs, and the server's own folder, both where the user can reach them. */
function prepare(home, user, port) {
  const reachable = spawnSync("test", ["-x", join(home, "bin", "elasticsearch")], user).status === 0;
  const base = reachable ? cache : join(tmpdir(), "mozdef-elasticsearch");
  const server = join(base, `elasticsearch-${VERSION}`);
  if (!reachable) cpSync(home, server, { recursive: true });
  const folder = join(base, `run-${port}`);
  rmSync(folder, { recursive: true, force: true });
  for (const name of ["data", "logs", "tmp"]) mkdirSync(join(folder, name), { recursive: true });
  cpSync(join(server, "config"), join(folder, "config"), { recursive: true });
  ownBy(folder, user);
  return { server, folder };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function launch({ server, folder }, javaHome, user, port) {
  const settings = {
    "http.host": "127.0.0.1",
    "http.port": port,
    "transport.host": "127.0.0.1",
    "discovery.type": "single-node",
    "xpack.security.enabled": false,
    "cluster.routing.allocation.disk.threshold_enabled": false,
    "path.data": join(folder, "data"),
    "path.logs": join(folder, "logs"),
  };
  const output = openSync(join(folder, "logs", "output.log"), "a");
  const args = Object.entries(settings).flatMap(([name, value]) => ["-E", `${name}=${value}`]);
  const environment = {
    ES_JAVA_HOME: javaHome,
    ES_PATH_CONF: join(folder, "config"),
    ES_JAVA_OPTS: `-Xms${HEAP} -Xmx${HEAP}`,
    ES_TMPDIR: join(folder, "tmp"),
  };
  return spawn(join(server, "bin", "elasticsearch"), args, {
    ...user,
    cwd: folder,
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ["ignore", output, output],
  });
}

async function isHealthy(url) {
  try {
    const response = await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=1s`);
    return response.ok;
  } catch {
    return false;
  }
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

async function waitUntilHealthy(child, url, folder) {
  const tail = () =>
    readFileSync(join(folder, "logs", "output.log"), "utf8")
      .split("\n")
      .slice(-20)
      .join("\n");
  const deadline = Date.now() + START_SECONDS * 1000;
  while (!(await isHealthy(url))) {
    if (child.exitCode !== null) fail(`Elasticsearch stopped with exit code ${child.exitCode} while starting.`, tail());
    if (Date.now() > deadline) fail(`Elasticsearch did not answer at ${url} within ${START_SECONDS} seconds.`, tail());
    await sleep(250);
  }
}

/** Ends a server by the id of its process group and waits until it is gone. */
async function end(pid) {
  if (!isAlive(pid)) return;
  process.kill(-pid, "SIGTERM");
  for (let tries = 0; tries < 120 && isAlive(pid); tries++) await sleep(250);
  if (isAlive(pid)) process.kill(-pid, "SIGKILL");
}

/**
 * Starts an Elasticsearch of its own, empty, with 1 GB of heap.
 *
 * @param {{ port?: number }} [options] - Port to listen on; 0 or none for any free one.
 * @returns {Promise<{ url: string, pid: number, stop: () => Promise<void> }>} once it is healthy.
 * @throws {ElasticsearchError} when Java or Maven is missing or the server does not come up.
 */
export async function startElasticsearch({ port = 0 } = {}) {
  const javaHome = findJava();
  const home = install(javaHome);
  const user = userToRunAs();
  const chosen = port === 0 ? await freePort() : port;
  const url = `http://127.0.0.1:${chosen}`;
  const place = prepare(home, user, chosen);
  const child = launch(place, javaHome, user, chosen);
  child.unref();
  const stop = async () => {
    await end(child.pid);
    rmSync(place.folder, { recursive: true, force: true });
  };
  try {
    await waitUntilHealthy(child, url, place.folder);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: child.pid, folder: place.folder, stop };
}

const readState = () => (existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, "utf8")) : undefined);

async function running() {
  const state = readState();
  return state && isAlive(state.pid) && (await isHealthy(state.url)) ? state : undefined;
}

const commands = {
  async start({ port }) {
    const state = await running();
    if (state) return console.log(state.url);
    const { url, pid, folder } = await startElasticsearch({ port: Number(port) });
    writeFileSync(stateFile, JSON.stringify({ url, pid, folder }));
    console.log(url);
  },
  async status() {
    const state = await running();
    console.log(state ? state.url : "not running");
    process.exitCode = state ? 0 : 1;
  },
  async stop() {
    const state = readState();
    if (!state) return console.log("not running");
    await end(state.pid);
    rmSync(state.folder, { recursive: true, force: true });
    rmSync(stateFile);
    console.log("stopped");
  },
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values, positionals } = parseArgs({
    options: { port: { type: "string", default: "9200" } },
    allowPositionals: true,
  });
  const command = Object.hasOwn(commands, positionals[0] ?? "") ? commands[positionals[0]] : undefined;
  try {
    if (!command)
      fail(`Expected one of: ${Object.keys(commands).join(", ")}. Received: ${positionals.join(" ") || "nothing"}.`);
    await command(values);
  } catch (error) {
    if (!(error instanceof ElasticsearchError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
