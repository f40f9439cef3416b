import { spawn, type ChildProcess } from "node:child_process";
import { openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../free-port.ts";
import { fail } from "./error.ts";
import { findJava, install } from "./install.ts";
import { prepare, userToRunAs, type Place, type User } from "./place.ts";

const HEAP = "1g";
const START_SECONDS = 120;
const PAUSE_MS = 250;
/** Then it is killed: half a minute. */
const PAUSES_TO_STOP = 120;

export interface Elasticsearch {
  readonly url: string;
  readonly pid: number;
  readonly folder: string;
  readonly stop: () => Promise<void>;
}

const settingsOf = (folder: string, port: number): Readonly<Record<string, string | number | boolean>> => ({
  "http.host": "127.0.0.1",
  "http.port": port,
  "transport.host": "127.0.0.1",
  "discovery.type": "single-node",
  "xpack.security.enabled": false,
  "cluster.routing.allocation.disk.threshold_enabled": false,
  "path.data": join(folder, "data"),
  "path.logs": join(folder, "logs"),
});

const launch = ({ server, folder }: Place, javaHome: string, user: User, port: number): ChildProcess => {
  const output = openSync(join(folder, "logs", "output.log"), "a");
  const settings = Object.entries(settingsOf(folder, port));
  const environment = {
    ES_JAVA_HOME: javaHome,
    ES_PATH_CONF: join(folder, "config"),
    ES_JAVA_OPTS: `-Xms${HEAP} -Xmx${HEAP}`,
    ES_TMPDIR: join(folder, "tmp"),
  };
  return spawn(
    join(server, "bin", "elasticsearch"),
    settings.flatMap(([name, value]) => ["-E", `${name}=${value.toString()}`]),
    {
      ...user,
      cwd: folder,
      detached: true,
      env: { ...process.env, ...environment },
      stdio: ["ignore", output, output],
    },
  );
};

export const isHealthy = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=1s`);
    return response.ok;
  } catch {
    return false;
  }
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

const lastLines = (folder: string): string =>
  readFileSync(join(folder, "logs", "output.log"), "utf8")
    .split("\n")
    .slice(-20)
    .join("\n");

const waitUntilHealthy = async (child: ChildProcess, url: string, folder: string): Promise<void> => {
  const deadline = Date.now() + START_SECONDS * 1_000;
  while (!(await isHealthy(url))) {
    if (child.exitCode !== null)
      fail(`Elasticsearch stopped with exit code ${child.exitCode} while starting.`, lastLines(folder));
    if (Date.now() > deadline)
      fail(`Elasticsearch did not answer at ${url} within ${START_SECONDS} seconds.`, lastLines(folder));
    await sleep(PAUSE_MS);
  }
};

/** Ends a server by the id of its process group and waits until it is gone. */
export const end = async (pid: number): Promise<void> => {
  if (!isAlive(pid)) return;
  process.kill(-pid, "SIGTERM");
  for (let pauses = 0; pauses < PAUSES_TO_STOP && isAlive(pid); pauses++) await sleep(PAUSE_MS);
  if (isAlive(pid)) process.kill(-pid, "SIGKILL");
};

/**
 * Starts an Elasticsearch of its own, empty, with 1 GB of heap; resolves once it is healthy.
 *
 * @param options.port - Port to listen on; 0 or none for any free one.
 * @throws {ElasticsearchError} when Java or Maven is missing or the server does not come up.
 */
export const startElasticsearch = async ({ port = 0 }: { readonly port?: number } = {}): Promise<Elasticsearch> => {
  const javaHome = findJava();
  const home = install(javaHome);
  const user = userToRunAs();
  const chosen = port === 0 ? await freePort() : port;
  const url = `http://127.0.0.1:${chosen}`;
  const place = prepare(home, user, chosen);
  const child = launch(place, javaHome, user, chosen);
  const { pid } = child;
  if (pid === undefined) return fail(`${place.server} cannot be started.`);
  child.unref();
  const stop = async (): Promise<void> => {
    await end(pid);
    rmSync(place.folder, { recursive: true, force: true });
  };
  try {
    await waitUntilHealthy(child, url, place.folder);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid, folder: place.folder, stop };
};
