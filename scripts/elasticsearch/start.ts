import { spawn, type ChildProcess } from "node:child_process";
import { openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../free-port.ts";
import { fail } from "./error.ts";
import { install } from "./install.ts";
import { findJava } from "./java.ts";
import { prepare, userToRunAs, type Place, type User } from "./place.ts";
import { folderOf, type Server, type ServerName, serverNamed, variablesOf } from "./servers.ts";

const HEAP = "1g";
const START_SECONDS = 120;
const PAUSE_MS = 250;
/** Then it is killed: half a minute. */
const PAUSES_TO_STOP = 120;

/** A server that runs. */
export interface Elasticsearch {
  readonly url: string;
  readonly pid: number;
  readonly folder: string;
  readonly stop: () => Promise<void>;
}

const settingsOf = (
  { product }: Server,
  folder: string,
  port: number,
): Readonly<Record<string, string | number | boolean>> => ({
  "http.host": "127.0.0.1",
  "http.port": port,
  "transport.host": "127.0.0.1",
  "discovery.type": "single-node",
  ...(product === "elasticsearch" && { "xpack.security.enabled": false }),
  "cluster.routing.allocation.disk.threshold_enabled": false,
  "path.data": join(folder, "data"),
  "path.logs": join(folder, "logs"),
});

const launch = (server: Server, { home, folder }: Place, javaHome: string, user: User, port: number): ChildProcess => {
  const output = openSync(join(folder, "logs", "output.log"), "a");
  const settings = Object.entries(settingsOf(server, folder, port));
  const variables = variablesOf(server);
  const environment = {
    [`${variables}_JAVA_HOME`]: javaHome,
    [`${variables}_PATH_CONF`]: join(folder, "config"),
    [`${variables}_JAVA_OPTS`]: `-Xms${HEAP} -Xmx${HEAP}`,
    [`${variables}_TMPDIR`]: join(folder, "tmp"),
  };
  return spawn(
    join(home, "bin", server.product),
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

const waitUntilHealthy = async (server: Server, child: ChildProcess, url: string, folder: string): Promise<void> => {
  const deadline = Date.now() + START_SECONDS * 1_000;
  while (!(await isHealthy(url))) {
    if (child.exitCode !== null)
      fail(`${folderOf(server)} stopped with exit code ${child.exitCode} while starting.`, lastLines(folder));
    if (Date.now() > deadline)
      fail(`${folderOf(server)} did not answer at ${url} within ${START_SECONDS} seconds.`, lastLines(folder));
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
 * Starts a server of its own, empty, with 1 GB of heap; resolves once it is healthy.
 *
 * @param options.port - Port to listen on; 0 or none for any free one.
 * @param options.server - Default: Elasticsearch 9.5.
 * @throws {ElasticsearchError} when Java or Maven is missing or the server does not come up.
 */
export const startElasticsearch = async ({
  port = 0,
  server: name = "elasticsearch-9.5",
}: {
  readonly port?: number;
  readonly server?: ServerName;
} = {}): Promise<Elasticsearch> => {
  const server = serverNamed(name);
  const javaHome = findJava(server);
  const user = userToRunAs();
  const chosen = port === 0 ? await freePort() : port;
  const url = `http://127.0.0.1:${chosen}`;
  const place = prepare(server, install(server, javaHome), user, chosen);
  const child = launch(server, place, javaHome, user, chosen);
  const { pid } = child;
  if (pid === undefined) return fail(`${place.home} cannot be started.`);
  child.unref();
  const stop = async (): Promise<void> => {
    await end(pid);
    rmSync(place.folder, { recursive: true, force: true });
  };
  try {
    await waitUntilHealthy(server, child, url, place.folder);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid, folder: place.folder, stop };
};
