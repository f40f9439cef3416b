/**
 * Starts and stops real servers for tests.
 *
 *   npm run elasticsearch -- start [--server elasticsearch-9.5] [--port 9200] [--secured]
 *                                    downloads it on first use, starts it, waits for it, prints its URL; port 0 = any free one;
 *                                    --secured: with security on; its users are in scripts/elasticsearch/start.ts
 *   npm run elasticsearch -- status [--server ...]   prints its URL, or says that it is not running (exit code 1)
 *   npm run elasticsearch -- stop [--server ...]
 *
 * Servers: elasticsearch-9.5 (the default), elasticsearch-8.19, opensearch-3.6, opensearch-2.19.
 * Needs Maven for the download and a JDK: 21 or newer, for opensearch-2.19 one from 17 to 23. All files are kept under
 * `.cache/elasticsearch`.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ElasticsearchError, fail } from "./elasticsearch/error.ts";
import { cache } from "./elasticsearch/install.ts";
import { serverNamed, type Server } from "./elasticsearch/servers.ts";
import { isAlive } from "./elasticsearch/is-alive.ts";
import { end, isHealthy, startElasticsearch, type Elasticsearch } from "./elasticsearch/start.ts";

type State = Pick<Elasticsearch, "url" | "pid" | "folder">;

const stateFile = ({ name }: Server): string => join(cache, `${name}.json`);

const readState = (server: Server): State | undefined =>
  existsSync(stateFile(server)) ? (JSON.parse(readFileSync(stateFile(server), "utf8")) as State) : undefined;

const running = async (server: Server): Promise<State | undefined> => {
  const state = readState(server);
  return state !== undefined && isAlive(state.pid) && (await isHealthy(state.url)) ? state : undefined;
};

interface Wanted {
  readonly port: number;
  readonly isSecured: boolean;
}

const start = async (server: Server, { port, isSecured }: Wanted): Promise<void> => {
  const state = await running(server);
  if (state !== undefined) {
    console.log(state.url);
    return;
  }
  const { url, pid, folder } = await startElasticsearch({ port, isSecured, server: server.name });
  writeFileSync(stateFile(server), JSON.stringify({ url, pid, folder }));
  console.log(url);
};

const status = async (server: Server): Promise<void> => {
  const state = await running(server);
  console.log(state === undefined ? "not running" : state.url);
  process.exitCode = state === undefined ? 1 : 0;
};

const stop = async (server: Server): Promise<void> => {
  const state = readState(server);
  if (state === undefined) {
    console.log("not running");
    return;
  }
  await end(state.pid);
  rmSync(state.folder, { recursive: true, force: true });
  rmSync(stateFile(server));
  console.log("stopped");
};

const commands = new Map<string, (server: Server, wanted: Wanted) => Promise<void>>([
  ["start", start],
  ["status", status],
  ["stop", stop],
]);

const { values, positionals } = parseArgs({
  options: {
    port: { type: "string", default: "9200" },
    server: { type: "string", default: "elasticsearch-9.5" },
    secured: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
try {
  const command = commands.get(positionals[0] ?? "");
  if (command === undefined)
    fail(`Expected one of: ${[...commands.keys()].join(", ")}. Received: ${positionals.join(" ") || "nothing"}.`);
  else await command(serverNamed(values.server), { port: Number(values.port), isSecured: values.secured });
} catch (error) {
  if (!(error instanceof ElasticsearchError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
