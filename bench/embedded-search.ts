// How fast is the embedded store, and how does that compare with Elasticsearch on the same machine, asked by the same client?
//   pnpm bench embedded-search [--events 1000000] [--kinds 100000] [--url http://127.0.0.1:9200]
// Without --url there is no peer. Set-up and the making of events are not timed. The peer is asked the same afterwards: while it
// takes events and merges them it needs both cores, and would slow down whatever is measured at that time.
import { Client } from "@elastic/elasticsearch";
import { fork } from "node:child_process";
import { parseArgs } from "node:util";
import { type Figure, figuresOf, ratioTo, show } from "./embedded-search/figures.ts";
import { INDEX, settled } from "./embedded-search/measure.ts";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    kinds: { type: "string", default: "100000" },
    url: { type: "string" },
  },
});
const [events, kinds] = [Number(values.events), Number(values.kinds)];
const sizes = [...new Set([Math.max(1000, Math.round(events / 100)), kinds, events])].sort((a, b) => a - b);

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
    return await figuresOf(client, size, { everyKind: size === kinds, afterFill: () => settled(client) });
  } finally {
    await client.indices.delete({ index: INDEX }, { ignore: [404] });
  }
};

const ours = new Map<number, readonly Figure[]>();
for (const size of sizes) {
  console.log(`\n${size} events of about 600 bytes`);
  const figures = await ofEmbedded(size);
  for (const figure of figures) console.log(`${figure.name.padEnd(44)} ${show(figure, figure.value)}`);
  ours.set(size, figures);
}

const slower: string[] = [];
if (values.url !== undefined) {
  const peer = new Client({ node: values.url, requestTimeout: 120_000 });
  for (const [size, figures] of ours) {
    console.log(`\n${size} events: beside Elasticsearch`);
    const theirs = new Map((await ofPeer(peer, size)).map(({ name, value }) => [name, value]));
    for (const figure of figures) {
      const other = theirs.get(figure.name) ?? Number.NaN;
      const ratio = ratioTo(figure, other);
      const shown = `${show(figure, figure.value).padStart(14)}   Elasticsearch ${show(figure, other).padStart(14)}`;
      console.log(`${figure.name.padEnd(44)} ${shown}   ${ratio.toFixed(1)} times as fast`);
      if (ratio < 1) slower.push(`${figure.name} (${size} events)`);
    }
  }
  await peer.close();
}
if (slower.length > 0) console.log(`\nSlower than Elasticsearch: ${slower.join("; ")}`);
