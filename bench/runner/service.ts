import { Client } from "@elastic/elasticsearch";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { readMetrics, type ServiceMetrics } from "./service-metrics.ts";

const RUNNER = new URL("../../apps/alert-runner/src/bin.ts", import.meta.url).pathname;
const PACK = new URL("./pack.ts", import.meta.url).href;

/** Where a service is started. Several may be started in one. */
export interface Site {
  readonly folder: string;
  /** Of the names of its indices in the cluster. */
  readonly prefix: string;
  /** Deletes what was left on disk and in the cluster. */
  readonly remove: () => Promise<void>;
}

export interface SiteOptions {
  readonly alerts: number;
  /** Seconds between the slots of the alerts. Default 1. */
  readonly everySeconds?: number;
  /** Default: the embedded store. */
  readonly url?: string | undefined;
  readonly isolation?: "process" | "none";
}

let sites = 0;

/** A folder with a configuration, as a user would write it. */
export const createSite = ({ alerts, everySeconds = 1, url, isolation = "process" }: SiteOptions): Site => {
  const folder = mkdtempSync(join(tmpdir(), "bench-runner-"));
  const prefix = `bench-runner-${process.pid}-${(sites += 1)}-`;
  const store = url === undefined ? { path: "data" } : { node: url, prefix };
  writeFileSync(
    join(folder, "mozdef.config.mjs"),
    `import { benchPack } from ${JSON.stringify(PACK)};
export default {
  store: ${JSON.stringify(store)},
  packs: [benchPack(${alerts}, ${everySeconds})],
  isolation: { mode: "${isolation}" },
};
`,
  );
  const remove = async (): Promise<void> => {
    rmSync(folder, { recursive: true, force: true });
    if (url === undefined) return;
    const client = new Client({ node: url });
    const made = Object.keys(await client.indices.get({ index: `${prefix}*` }));
    if (made.length > 0) await client.indices.delete({ index: made });
    await client.indices.deleteIndexTemplate({ name: `${prefix}*` }, { ignore: [404] });
    await client.close();
  };
  return { folder, prefix, remove };
};

/** A line of the log of the service. */
export interface LogLine {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** The service as a process of its own. */
export interface Service {
  readonly url: string;
  /** From the start of its process until it listened. */
  readonly startMs: number;
  readonly metrics: () => Promise<ServiceMetrics>;
  readonly get: <T>(path: string) => Promise<T>;
  readonly stop: () => Promise<void>;
}

const SERIOUS = 40;

/** Flags of Node.js for the service and its child, such as `--cpu-prof`. */
const flags = process.env.BENCH_NODE_OPTIONS?.split(" ") ?? [];

process.once("SIGTERM", () => process.exit(1));

/** @param onLine - Gets each line of its log. */
export const startService = async (site: Site, onLine: (line: LogLine) => void = () => undefined): Promise<Service> => {
  const started = performance.now();
  const child = spawn(process.execPath, [...flags, "--conditions=@mozdef/source", RUNNER], {
    cwd: site.folder,
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  // A bench that is cut short must not leave a service behind that slows down whatever is measured next.
  const end = (): void => void child.kill("SIGKILL");
  process.once("exit", end);
  const url = await listening(child, onLine);
  const get = async <T>(path: string): Promise<T> => (await (await fetch(`${url}${path}`)).json()) as T;
  return {
    url,
    startMs: performance.now() - started,
    metrics: async () => readMetrics(await (await fetch(`${url}/metrics`)).text()),
    get,
    stop: async () => {
      process.off("exit", end);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
};

const listening = (child: ChildProcess & { readonly stdout: NodeJS.ReadableStream }, onLine: (line: LogLine) => void) =>
  new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (text) => {
      const line = JSON.parse(text) as LogLine;
      const address = /^alerts: (http:\S+)\/alerts$/.exec(line.msg)?.[1];
      if (address !== undefined) resolve(address);
      if (line.level > SERIOUS) console.error(text);
      onLine(line);
    });
    child.once("exit", (code) => reject(new Error(`The service ended with ${String(code)}.`)));
  });
