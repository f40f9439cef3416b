/**
 * Asks an embedded store and a real Elasticsearch the same random questions about the same random data, and reports every difference.
 *
 * Run: `pnpm --filter @mozdef/embedded-search differential --seed 1 --count 10000 [--url http://127.0.0.1:9200]`.
 * Without a URL a server is started for the run; `--multi-terms` needs one that has that aggregation, which the server of the tests
 * lacks: give the URL of a full Elasticsearch or of OpenSearch. Equal seeds and counts ask the same questions.
 */
import { parseArgs } from "node:util";
import fc from "fast-check";
import { embeddedCaller, serverCaller } from "../scenarios/caller.ts";
import { lineDifference } from "../scenarios/line-difference.ts";
import { testServer } from "../scenarios/test-server.ts";
import { EmbeddedSearch } from "../src/index.ts";
import { dataSets } from "./data-set.ts";
import { manyAggregations, multiTermsRequests, requests } from "./requests.ts";
import { asScenario, shrink } from "./shrink.ts";
import { type Difference, StorePair } from "./store-pair.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "10000" },
    url: { type: "string" },
    /** Searches for each mapping with its documents. */
    batch: { type: "string", default: "500" },
    /** Counterexamples that are made small and printed. */
    show: { type: "string", default: "5" },
    aggregations: { type: "boolean", default: false },
    "multi-terms": { type: "boolean", default: false },
  },
});

/** How often a long run reports its progress. */
const PROGRESS_SECONDS = 30;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const firstLines = ({ server, embedded }: Difference): string => lineDifference(server, embedded) ?? "";

const aggregated = values.aggregations ? manyAggregations : requests;
const arbitrary = values["multi-terms"] ? multiTermsRequests : aggregated;
const [firstSeed, count, batch, show] = [values.seed, values.count, values.batch, values.show].map(Number) as [
  number,
  number,
  number,
  number,
];

/** Compares one data set; returns how many answers differed. */
const compareSet = async (pair: StorePair, seed: number, queries: number, shown: number): Promise<number> => {
  const [data] = fc.sample(dataSets, { seed, numRuns: 1 });
  if (data === undefined) throw new Error("no data set");
  const loaded = await pair.load(data);
  // Servers other than Elasticsearch 9 refuse some documents of their own; about those there is nothing to ask.
  if (loaded && values["multi-terms"]) {
    skipped += queries;
    return 0;
  }
  if (loaded)
    print(
      `seed ${seed}: documents are taken differently\n${firstLines(loaded)}\n  mapping ${JSON.stringify(data.mapping)}`,
    );
  const bodies = fc.sample(arbitrary, { seed, numRuns: queries });
  const differences = await pair.search(bodies);
  const places = differences.flatMap((difference, place) => (difference ? [place] : []));
  for (const place of places.slice(0, Math.max(0, show - shown))) {
    const body = bodies[place] ?? {};
    const small = await shrink(pair, data, arbitrary, { seed, place, body });
    const [again] = await pair.search([small.body]);
    const difference = again ?? differences[place];
    print(`seed ${seed}, search ${place}: answers differ\n${asScenario(small)}`);
    if (difference) print(firstLines(difference));
    await pair.load(data);
  }
  return places.length + (loaded ? 1 : 0);
};

const { url, stop } = await testServer(values.url);
const embedded = new EmbeddedSearch();
const pair = new StorePair(serverCaller(url), embeddedCaller(embedded), `differential-${process.pid}`, {
  onlyAggregations: values["multi-terms"],
});
const start = performance.now();
let differences = 0;
let skipped = 0;
let nextProgress = PROGRESS_SECONDS;
try {
  for (let done = 0, seed = firstSeed; done < count; done += batch, seed++) {
    differences += await compareSet(pair, seed, Math.min(batch, count - done), differences);
    const seconds = (performance.now() - start) / 1000;
    if (seconds < nextProgress) continue;
    nextProgress = seconds + PROGRESS_SECONDS;
    print(`${Math.min(done + batch, count)} searches, ${differences} differences, ${Math.round(seconds)} s`);
  }
} finally {
  await pair.drop();
  await stop();
}
const seconds = ((performance.now() - start) / 1000).toFixed(1);
print(`${count - skipped} searches from seed ${firstSeed}: ${differences} differences in ${seconds} s`);
process.exitCode = differences === 0 ? 0 : 1;
