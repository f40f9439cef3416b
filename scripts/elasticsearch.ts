/**
 * Starts and stops a real Elasticsearch for tests.
 *
 *   npm run elasticsearch -- start [--port 9200]   downloads it on first use, starts it, waits for it, prints its URL; port 0 = any free one
 *   npm run elasticsearch -- status                prints its URL, or says that it is not running (exit code 1)
 *   npm run elasticsearch -- stop
 *
 * Needs Maven for the download and a JDK of 21 or newer; nothing else. All files are kept under `.cache/elasticsearch`.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ElasticsearchError, fail } from "./elasticsearch/error.ts";
import { cache } from "./elasticsearch/install.ts";
import { end, isAlive, isHealthy, startElasticsearch, type Elasticsearch } from "./elasticsearch/start.ts";

type State = Pick<Elasticsearch, "url" | "pid" | "folder">;

const stateFile = join(cache, "server.json");

const readState = (): State | undefined =>
  existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, "utf8")) as State) : undefined;

const running = async (): Promise<State | undefined> => {
  const state = readState();
  return state !== undefined && isAlive(state.pid) && (await isHealthy(state.url)) ? state : undefined;
};

const start = async (port: number): Promise<void> => {
  const state = await running();
  if (state !== undefined) {
    console.log(state.url);
    return;
  }
  const { url, pid, folder } = await startElasticsearch({ port });
  writeFileSync(stateFile, JSON.stringify({ url, pid, folder }));
  console.log(url);
};

const status = async (): Promise<void> => {
  const state = await running();
  console.log(state === undefined ? "not running" : state.url);
  process.exitCode = state === undefined ? 1 : 0;
};

const stop = async (): Promise<void> => {
  const state = readState();
  if (state === undefined) {
    console.log("not running");
    return;
  }
  await end(state.pid);
  rmSync(state.folder, { recursive: true, force: true });
  rmSync(stateFile);
  console.log("stopped");
};

const commands = new Map<string, (port: number) => Promise<void>>([
  ["start", start],
  ["status", status],
  ["stop", stop],
]);

const { values, positionals } = parseArgs({
  options: { port: { type: "string", default: "9200" } },
  allowPositionals: true,
});
try {
  const command = commands.get(positionals[0] ?? "");
  if (command === undefined)
    fail(`Expected one of: ${[...commands.keys()].join(", ")}. Received: ${positionals.join(" ") || "nothing"}.`);
  else await command(Number(values.port));
} catch (error) {
  if (!(error instanceof ElasticsearchError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
