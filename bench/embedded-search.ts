// How fast is the embedded store at each size, what does it take, and how does that compare with Elasticsearch on the same machine,
// asked by the same client?
//   pnpm bench embedded-search [--events 10000,100000,1000000] [--kinds 100000] [--url http://127.0.0.1:9200] [--peer-events 1000000]
// Without --url there is no peer; with it, the peer is asked at sizes up to --peer-events. Set-up and the making of events are not timed.
// The peer is asked the same afterwards: while it takes events and merges them it needs both cores, and would slow down whatever is
// measured at that time. Ends with all figures as one table.
import { Client } from "@elastic/elasticsearch";
import { fork } from "node:child_process";
import { parseArgs } from "node:util";
import { type Figure, figuresOf, line, ratioTo, show } from "./embedded-search/figures.ts";
import { INDEX, settled } from "./embedded-search/measure.ts";
import { peerTakes } from "./embedded-search/peer.ts";
import { type Column, tableOf } from "./embedded-search/table.ts";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "10000,100000,1000000" },
    kinds: { type: "string", default: "100000" },
    url: { type: "string" },
    "peer-events": { type: "string", default: "1000000" },
  },
});
const kinds = Number(values.kinds);
const sizes = [...new Set(values.events.split(",").map(Number))].sort((a, b) => a - b);
if (!sizes.every((size) => Number.isSafeInteger(size) && size > 0))
  throw new TypeError(`--events wants whole numbers with commas between them, got ${values.events}.`);

/** Figures of an embedded store of that size. */
const ofEmbedded = (size: number): Promise<readonly Figure[]> => {
  const child = fork(new URL("./embedded-search/own.ts", import.meta.url), [String(size), String(kinds)]);
  return new Promise((resolve, reject) => {
    child.once("message", (figures) => resolve(figures as readonly Figure[]));
    child.once("exit", (code) => reject(new Error(`The measurement ended with code ${code}.`)));
  });
};

const ofPeer = async (client: Client, size: number): Promise<readonly Figure[]> => {
  try {
    const task = { everyKind: size === kinds, isInProcess: false, afterFill: () => settled(client) };
    const figures = await figuresOf(client, size, task);
    return [...figures, ...(await peerTakes(client))];
  } finally {
    await client.indices.delete({ index: INDEX }, { ignore: [404] });
  }
};

const ours = new Map<number, readonly Figure[]>();
for (const size of sizes) {
  console.log(`\n${size} events of about 600 bytes`);
  ours.set(size, await ofEmbedded(size));
}

const columns: Column[] = [];
const slower: string[] = [];
const peer = values.url === undefined ? undefined : new Client({ node: values.url, requestTimeout: 120_000 });
for (const [size, figures] of ours) {
  columns.push({ head: size.toLocaleString("en"), figures });
  if (peer === undefined || size > Number(values["peer-events"])) continue;
  console.log(`\n${size} events: Elasticsearch`);
  const theirs = await ofPeer(peer, size);
  columns.push({ head: `Elasticsearch, ${size.toLocaleString("en")}`, figures: theirs });
  for (const figure of theirs) {
    const own = figures.find(({ name }) => name === figure.name);
    const ratio = own && ratioTo(own, figure.value);
    line(figure.name, show(figure, figure.value) + (ratio === undefined ? "" : `   ${ratio.toFixed(1)} times as fast`));
    if (ratio !== undefined && ratio < 1) slower.push(`${figure.name} (${size} events)`);
  }
}
await peer?.close();
console.log(`\n${tableOf(columns)}`);
if (slower.length > 0) console.log(`\nSlower than Elasticsearch: ${slower.join("; ")}`);
