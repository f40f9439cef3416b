import { spawn, type ChildProcess } from "node:child_process";
import { openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../free-port.ts";
import { fail } from "./error.ts";
import { install } from "./install.ts";
import { isAlive } from "./is-alive.ts";
import { findJava } from "./java.ts";
import { prepare, userToRunAs, type Place, type User } from "./place.ts";
import { folderOf, type Server, type ServerName, serverNamed, variablesOf } from "./servers.ts";

const HEAP = "1g";
const START_SECONDS = 120;
const PAUSE_MS = 250;
/** Then it is killed: half a minute. */
const PAUSES_TO_STOP = 120;

const PASSWORD = "of-a-test-server";

/** Who may do everything on a server with security on. */
export const ADMIN = { username: "admin", password: PASSWORD };

/** Who may only read `logs-*` there. */
export const READER = { username: "reader", password: PASSWORD };

/** A server that runs. */
export interface Elasticsearch {
  readonly url: string;
  readonly pid: number;
  readonly folder: string;
  readonly stop: () => Promise<void>;
}

interface Wanted {
  readonly port: number;
  readonly isSecured: boolean;
}

const settingsOf = (
  { product }: Server,
  { folder, data }: Place,
  { port, isSecured }: Wanted,
): Readonly<Record<string, string | number | boolean>> => ({
  "http.host": "127.0.0.1",
  "http.port": port,
  "transport.host": "127.0.0.1",
  "discovery.type": "single-node",
  ...(product === "elasticsearch" && { "xpack.security.enabled": isSecured }),
  "cluster.routing.allocation.disk.threshold_enabled": false,
  "path.data": data,
  "path.logs": join(folder, "logs"),
});

const launch = (server: Server, place: Place, javaHome: string, user: User, wanted: Wanted): ChildProcess => {
  const { home, folder } = place;
  const output = openSync(join(folder, "logs", "output.log"), "a");
  const settings = Object.entries(settingsOf(server, place, wanted));
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

/** What a request to a server with security on needs. */
export const adminHeaders = (): Readonly<Record<string, string>> => ({
  authorization: `Basic ${Buffer.from(`${ADMIN.username}:${ADMIN.password}`).toString("base64")}`,
});

export const isHealthy = async (url: string): Promise<boolean> => {
  try {
    const path = "/_cluster/health?wait_for_status=yellow&timeout=1s";
    const response = await fetch(`${url}${path}`, { headers: adminHeaders() });
    return response.ok;
  } catch {
    return false;
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

/**
 * In files: for users and keys that are made by requests the builds for tests lack a part. A password may be plain there, and is
 * taken as such.
 */
const writeUsers = ({ product, name }: Server, folder: string): void => {
  if (product !== "elasticsearch") fail(`${name} has no security to switch on.`);
  const write = (file: string, ...lines: readonly string[]): void =>
    writeFileSync(join(folder, "config", file), lines.map((line) => `${line}\n`).join(""));
  write("users", ...[ADMIN, READER].map(({ username, password }) => `${username}:${password}`));
  write("users_roles", `superuser:${ADMIN.username}`, `only_logs:${READER.username}`);
  write("roles.yml", 'only_logs: { indices: [{ names: ["logs-*"], privileges: [read] }] }');
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
 * @param options.isInMemory - Keep its data in memory, where there is room: for tests, not for measuring. Default: on disk.
 * @param options.isSecured - With security on, and the users {@link ADMIN} and {@link READER}. Elasticsearch only. Default: off.
 * @throws {ElasticsearchError} when Java or Maven is missing or the server does not come up.
 */
export const startElasticsearch = async ({
  port = 0,
  server: name = "elasticsearch-9.5",
  isSecured = false,
  isInMemory = false,
}: {
  readonly port?: number;
  readonly server?: ServerName;
  readonly isSecured?: boolean;
  readonly isInMemory?: boolean;
} = {}): Promise<Elasticsearch> => {
  const server = serverNamed(name);
  const javaHome = findJava(server);
  const user = userToRunAs();
  const chosen = port === 0 ? await freePort() : port;
  const url = `http://127.0.0.1:${chosen}`;
  const place = prepare(server, install(server, javaHome), user, { port: chosen, isInMemory });
  if (isSecured) writeUsers(server, place.folder);
  const child = launch(server, place, javaHome, user, { port: chosen, isSecured });
  const { pid } = child;
  if (pid === undefined) return fail(`${place.home} cannot be started.`);
  child.unref();
  const stop = async (): Promise<void> => {
    await end(pid);
    for (const path of [place.folder, place.data]) rmSync(path, { recursive: true, force: true });
  };
  try {
    await waitUntilHealthy(server, child, url, place.folder);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid, folder: place.folder, stop };
};
