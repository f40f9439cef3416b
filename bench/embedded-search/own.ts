// Measures an embedded store of one size in a process of its own, as a service is one, and sends the figures to its parent.
import { Client } from "@elastic/elasticsearch";
import { EmbeddedSearch, EmbeddedTransport } from "@mozdef/embedded-search";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { figuresOf } from "./figures.ts";
import { INDEX, milliseconds } from "./measure.ts";
import { alertQuery } from "./questions.ts";

const [events = 0, kinds = 0] = process.argv.slice(2).map(Number);
const collect = (globalThis as { gc?: () => void }).gc ?? (() => undefined);
const line = (name: string, text: string): void => console.log(`${name.padEnd(44)} ${text}`);

const printMemory = (): Promise<void> => {
  collect();
  line("memory of the process", `${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB`);
  return Promise.resolve();
};

/** How long a store takes to open, as after a start of the process. */
const reopen = async (path: string): Promise<void> => {
  const startMs = performance.now();
  const store = new EmbeddedSearch({ path });
  line("opening the store again", milliseconds(performance.now() - startMs));
  await coldWindows(store);
  await store.close();
};

/** Windows all over the stored time, each asked for once: what they need has to be read from disk first. */
const coldWindows = async (store: EmbeddedSearch): Promise<void> => {
  const client = new Client({ node: "http://embedded", Connection: store.Connection, Transport: EmbeddedTransport });
  const times: number[] = [];
  for (let slot = 1; slot <= 200; slot++) {
    const startMs = performance.now();
    await client.search({ index: INDEX, ...alertQuery(slot) });
    times.push(performance.now() - startMs);
  }
  times.sort((a, b) => a - b);
  line("alert query on what is on disk alone, longest", milliseconds(times.at(-1) ?? 0));
  line("memory of the process then", `${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB`);
};

const path = mkdtempSync(join(tmpdir(), "bench-embedded-search-"));
try {
  const store = new EmbeddedSearch({ path });
  const client = new Client({ node: "http://embedded", Connection: store.Connection, Transport: EmbeddedTransport });
  const figures = await figuresOf(client, events, { everyKind: events === kinds, afterFill: printMemory });
  await store.close();
  await reopen(path);
  process.send?.(figures);
} finally {
  rmSync(path, { recursive: true, force: true });
}
