import { Client } from "@elastic/elasticsearch";
import { EmbeddedSearch, EmbeddedTransport } from "@mozdef/embedded-search";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";

const RUNNER = new URL("../../apps/alert-runner/src/bin.ts", import.meta.url).pathname;

/** The service in a process of its own, with a store on disk. */
export interface Service {
  readonly syslogPort: number;
  /** Resolves when so many events are saved, or when none has come for a while. @returns how many there are. */
  readonly saved: (count: number) => Promise<number>;
  /** Stops it. @returns how many events a search finds in its store afterwards. */
  readonly stop: () => Promise<number>;
}

export const startService = async (): Promise<Service> => {
  const folder = mkdtempSync(join(tmpdir(), "bench-event-intake-"));
  const syslogPort = await freePort();
  const config = { packs: [], store: { path: "data" }, intake: { syslog: { tcp: syslogPort, udp: syslogPort } } };
  writeFileSync(join(folder, "mozdef.config.mjs"), `export default ${JSON.stringify(config)};\n`);
  const flags = process.env.BENCH_NODE_OPTIONS?.split(" ") ?? [];
  const child = spawn(process.execPath, [...flags, "--conditions=@mozdef/source", RUNNER], {
    cwd: folder,
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const address = /alerts: (http:\S+)\/alerts/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once("exit", (code) => reject(new Error(`The service ended with ${code}.`)));
  });
  return {
    syslogPort,
    saved: (count) => savedOf(url, count),
    stop: async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
      try {
        return await storedIn(join(folder, "data"));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
};

const storedIn = async (path: string): Promise<number> => {
  const store = new EmbeddedSearch({ path });
  const client = new Client({ node: "http://embedded", Connection: store.Connection, Transport: EmbeddedTransport });
  const { count } = await client.count({ index: "events-*" });
  await store.close();
  return count;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
};

/** Nothing new for so long: the rest is lost. */
const QUIET_MS = 3_000;
const LOOK_MS = 100;

const savedOf = async (url: string, count: number): Promise<number> => {
  let [last, since] = [-1, performance.now()];
  for (;;) {
    const answer = (await (await fetch(`${url}/status`)).json()) as { readonly intake: { readonly saved: number } };
    const { saved } = answer.intake;
    if (saved !== last) [last, since] = [saved, performance.now()];
    if (saved >= count || performance.now() - since > QUIET_MS) return saved;
    await setTimeout(LOOK_MS);
  }
};
