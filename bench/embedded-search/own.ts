// Measures an embedded store of one size in a process of its own, as a service is one, and sends the figures to its parent.
import { Client } from "@elastic/elasticsearch";
import { EmbeddedSearch, EmbeddedTransport } from "@mozdef/embedded-search";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytesIn, droppingOf } from "./dropping.ts";
import { type Figure, figuresOf, line, show, timesAs } from "./figures.ts";
import { INDEX } from "./measure.ts";
import { pausesOf } from "./pauses.ts";
import { alertQuery } from "./questions.ts";

const [events = 0, kinds = 0] = process.argv.slice(2).map(Number);
const collect = (globalThis as { gc?: () => void }).gc ?? (() => undefined);
const figures: Figure[] = [];

/** Printed at once: large sizes take long. */
const note = (...found: readonly Figure[]): void => {
  for (const figure of found) line(figure.name, show(figure, figure.value));
  figures.push(...found);
};

const noteMemory = (name: string): void => note({ name, value: process.memoryUsage.rss(), unit: "bytes" });

const afterFill = (): Promise<void> => {
  collect();
  noteMemory("memory of the process");
  return Promise.resolve();
};

const clientOf = (store: EmbeddedSearch): Client =>
  new Client({ node: "http://embedded", Connection: store.Connection, Transport: EmbeddedTransport });

/** How long a store takes to open, as after a start of the process, and what comes next. */
const reopen = async (path: string): Promise<void> => {
  const startMs = performance.now();
  const store = new EmbeddedSearch({ path });
  note({ name: "opening the store again", value: performance.now() - startMs, unit: "ms" });
  const client = clientOf(store);
  const askedMs = performance.now();
  await client.get({ index: INDEX, id: "not-there" }, { ignore: [404] });
  note({ name: "first document by id then", value: performance.now() - askedMs, unit: "ms" });
  await coldWindows(client);
  note(...(await pausesOf(client)));
  note(...(await droppingOf(client, path)));
  await store.close();
};

/** Windows all over the stored time, each asked for once: what they need has to be read from disk first. */
const coldWindows = async (client: Client): Promise<void> => {
  const times: number[] = [];
  for (let slot = 1; slot <= 200; slot++) {
    const startMs = performance.now();
    await client.search({ index: INDEX, ...alertQuery(slot) });
    times.push(performance.now() - startMs);
  }
  note(
    ...timesAs(
      "alert query on what is on disk alone",
      times.sort((a, b) => a - b),
    ),
  );
  noteMemory("memory of the process then");
};

const path = mkdtempSync(join(tmpdir(), "bench-embedded-search-"));
try {
  const store = new EmbeddedSearch({ path });
  note(...(await figuresOf(clientOf(store), events, { everyKind: events === kinds, isInProcess: true, afterFill })));
  await store.close();
  note({ name: "disk", value: bytesIn(path), unit: "bytes" });
  await reopen(path);
  process.send?.(figures);
} finally {
  rmSync(path, { recursive: true, force: true });
}
