// How fast is the embedded store, and how does that compare with Elasticsearch on the same machine, asked by the same client?
//   pnpm bench embedded-search [--events 1000000] [--kinds 100000] [--url http://127.0.0.1:9200]
// Without --url there is no peer. Set-up and the making of events are not timed.
import { Client } from "@elastic/elasticsearch";
import { EmbeddedSearch } from "@mozdef/embedded-search";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fill, index, milliseconds, percentile, timesOf } from "./embedded-search/measure.ts";
import { alertQuery, kinds, quietAlert, termQuery } from "./embedded-search/questions.ts";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    kinds: { type: "string", default: "100000" },
    url: { type: "string" },
  },
});
const peer = values.url === undefined ? undefined : new Client({ node: values.url, requestTimeout: 120_000 });
const collect = (globalThis as { gc?: () => void }).gc ?? (() => undefined);

/** A figure of the embedded store beside that of the peer. */
async function compare(name: string, measure: (client: Client) => Promise<number>, own: Client): Promise<number> {
  const ours = await measure(own);
  if (!peer) console.log(`${name.padEnd(44)} ${milliseconds(ours)}`);
  else {
    const theirs = await measure(peer);
    const ratio = theirs / ours;
    console.log(
      `${name.padEnd(44)} ${milliseconds(ours).padStart(12)}   Elasticsearch ${milliseconds(theirs).padStart(12)}   ${ratio.toFixed(1)} times as fast`,
    );
    if (ratio < 1) slower.push(name);
  }
  return ours;
}
const slower: string[] = [];

const p50 = (calls: number, call: (client: Client, number: number) => Promise<unknown>) => async (client: Client) =>
  percentile(await timesOf(calls, (number) => call(client, number)), 0.5);
const p99 = (calls: number, call: (client: Client, number: number) => Promise<unknown>) => async (client: Client) =>
  percentile(await timesOf(calls, (number) => call(client, number)), 0.99);

const search = (client: Client, body: object): Promise<unknown> =>
  client.search({ index, request_cache: false, ...body });
const windowed = (client: Client, slot: number): Promise<unknown> => search(client, alertQuery(slot));

/** A store on disk with that many events, in the peer as well. */
async function withStore(events: number, work: (client: Client) => Promise<void>): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), "bench-embedded-search-"));
  const store = new EmbeddedSearch({ path });
  const client = new Client({ node: "http://embedded", Connection: store.Connection });
  try {
    console.log(`\n${events} events of about 600 bytes`);
    const rate = await fill(client, events);
    const peerRate = peer ? `   Elasticsearch ${Math.round(await fill(peer, events))} events/s` : "";
    console.log(`${"intake, durable, batches of 2,000".padEnd(44)} ${Math.round(rate)} events/s${peerRate}`);
    collect();
    console.log(`${"memory of the process".padEnd(44)} ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB`);
    await work(client);
  } finally {
    await store.close();
    await reopen(path);
    await peer?.indices.delete({ index }, { ignore: [404] });
    rmSync(path, { recursive: true, force: true });
  }
}

async function growth(client: Client): Promise<void> {
  await compare("alert query, 2 minutes of time, p50", p50(400, windowed), client);
  await compare("alert query, 2 minutes of time, p99", p99(400, windowed), client);
  await compare(
    "quiet alert query, p50",
    p50(400, (store, number) => search(store, quietAlert(number))),
    client,
  );
  await compare(
    "term query without a window, p50",
    p50(50, (store) => search(store, termQuery)),
    client,
  );
}

async function thousandAlerts(client: Client): Promise<void> {
  const searches = Array.from({ length: 1000 }, (_, number) => [{ index }, quietAlert(number)]).flat();
  await compare(
    "1,000 quiet alerts in one request, p50",
    p50(10, (store) => store.msearch({ searches })),
    client,
  );
}

/** How long a store of that many events takes to open, as after a start of the process. */
async function reopen(path: string): Promise<void> {
  const startMs = performance.now();
  const store = new EmbeddedSearch({ path });
  console.log(`${"opening the store again".padEnd(44)} ${milliseconds(performance.now() - startMs)}`);
  await store.close();
}

const small = Math.round(Number(values.events) / 100);
if (small >= 1000) await withStore(small, growth);

await withStore(Number(values.kinds), async (client) => {
  await growth(client);
  for (const [name, body] of Object.entries(kinds))
    await compare(
      name,
      p50(20, (store) => search(store, body)),
      client,
    );
});

await withStore(Number(values.events), async (client) => {
  await growth(client);
  await thousandAlerts(client);
});
if (slower.length > 0) console.log(`\nSlower than Elasticsearch: ${slower.join(", ")}`);
