// How fast is the embedded store, and how does that compare with Elasticsearch on the same machine, asked by the same client?
//   pnpm bench embedded-search [--events 1000000] [--kinds 100000] [--url http://127.0.0.1:9200]
// Without --url there is no peer. Set-up and the making of events are not timed. The peer is asked the same afterwards: while it
// takes events and merges them it needs both cores, and would slow down whatever is measured at that time.
import { Client } from "@elastic/elasticsearch";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { EmbeddedSearch } from "@mozdef/embedded-search";
import { type Figures, figuresOf } from "./embedded-search/figures.ts";
import { index, milliseconds, settled } from "./embedded-search/measure.ts";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    kinds: { type: "string", default: "100000" },
    url: { type: "string" },
  },
});
const collect = (globalThis as { gc?: () => void }).gc ?? (() => undefined);
const [events, kinds] = [Number(values.events), Number(values.kinds)];
const sizes = [...new Set([Math.max(1000, Math.round(events / 100)), kinds, events])].sort((a, b) => a - b);

/** Figures of a store on disk with that many events, and what only an embedded store has. */
async function ofEmbedded(size: number): Promise<Figures> {
  const path = mkdtempSync(join(tmpdir(), "bench-embedded-search-"));
  const store = new EmbeddedSearch({ path });
  const client = new Client({ node: "http://embedded", Connection: store.Connection });
  try {
    return await figuresOf(client, size, { everyKind: size === kinds, afterFill: () => printMemory() });
  } finally {
    await client.close();
    await store.close();
    await reopen(path);
    rmSync(path, { recursive: true, force: true });
  }
}

async function ofPeer(client: Client, size: number): Promise<Figures> {
  try {
    return await figuresOf(client, size, { everyKind: size === kinds, afterFill: () => settled(client) });
  } finally {
    await client.indices.delete({ index }, { ignore: [404] });
  }
}

function printMemory(): Promise<void> {
  collect();
  console.log(`${"memory of the process".padEnd(44)} ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB`);
  return Promise.resolve();
}

/** How long a store of that many events takes to open, as after a start of the process. */
async function reopen(path: string): Promise<void> {
  const startMs = performance.now();
  const store = new EmbeddedSearch({ path });
  console.log(`${"opening the store again".padEnd(44)} ${milliseconds(performance.now() - startMs)}`);
  await store.close();
}

const ours = new Map<number, Figures>();
for (const size of sizes) {
  console.log(`\n${size} events of about 600 bytes`);
  const figures = await ofEmbedded(size);
  for (const [name, { value, show }] of figures) console.log(`${name.padEnd(44)} ${show(value)}`);
  ours.set(size, figures);
}

const slower: string[] = [];
if (values.url !== undefined) {
  const peer = new Client({ node: values.url, requestTimeout: 120_000 });
  for (const [size, figures] of ours) {
    console.log(`\n${size} events: beside Elasticsearch`);
    const theirs = await ofPeer(peer, size);
    for (const [name, { value, show, timesAsFast }] of figures) {
      const other = theirs.get(name)?.value ?? Number.NaN;
      const ratio = timesAsFast(value, other);
      const shown = `${show(value).padStart(14)}   Elasticsearch ${show(other).padStart(14)}`;
      console.log(`${name.padEnd(44)} ${shown}   ${ratio.toFixed(1)} times as fast`);
      if (ratio < 1) slower.push(`${name} (${size} events)`);
    }
  }
  await peer.close();
}
if (slower.length > 0) console.log(`\nSlower than Elasticsearch: ${slower.join(", ")}`);
