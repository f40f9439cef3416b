/**
 * Asks an embedded store and a real Elasticsearch the same random questions about the same random data, and reports every difference.
 *
 * Run: `pnpm --filter @mozdef/embedded-search differential --seed 1 --count 10000 [--url http://127.0.0.1:9200]`.
 * Without a URL a server is started for the run; `--multi-terms` needs one that has that aggregation, which the server of the tests
 * lacks: give the URL of a full Elasticsearch or of OpenSearch. `--aggregations` asks for aggregations alone; `--stories` compares writes,
 * deletes, conflicts and refreshes between searches of several indices and aliases. Of two seeds the odd one is compared with a store on
 * disk that has small segments. Equal seeds and counts ask the same questions.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { embeddedCaller, serverCaller } from "../scenarios/caller.ts";
import { lineDifference } from "../scenarios/line-difference.ts";
import { testServer } from "../scenarios/test-server.ts";
import { EmbeddedSearch } from "../src/index.ts";
import { dataSets } from "./data-set.ts";
import { manyAggregations, multiTermsRequests, requests } from "./requests.ts";
import { asScenario, shrink } from "./shrink.ts";
import { steps } from "./stories.ts";
import { asSteps, StoryPair } from "./tell-story.ts";
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
    /** Writes, deletes and refreshes between searches of several indices. */
    stories: { type: "boolean", default: false },
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
const folder = mkdtempSync(join(tmpdir(), "differential-"));
// One in memory, and one on disk whose segments are so small that most documents are read from there.
const stores = [
  new EmbeddedSearch(),
  new EmbeddedSearch({ path: folder, segmentDocuments: 7, memoryBytes: 10_000 }),
] as const;
const pairs = stores.map(
  (store) =>
    new StorePair(serverCaller(url), embeddedCaller(store), `differential-${process.pid}`, {
      onlyAggregations: values["multi-terms"],
    }),
);
/** Requests of one story. */
const STORY_LENGTH = 80;

const tellStory = async (pair: StoryPair, seed: number, length: number, shown: number): Promise<number> => {
  const story = fc.sample(steps, { seed, numRuns: length });
  const found = await pair.tell(story);
  if (!found) return 0;
  if (shown < show) {
    const short = await pair.shorten(story, found.place);
    print(`seed ${seed}, step ${found.place}: answers differ\n${asSteps(short)}`);
    print(firstLines((await pair.tell(short)) ?? found));
  }
  return 1;
};

const storyPairs = stores.map((store) => new StoryPair(serverCaller(url), embeddedCaller(store)));
const size = values.stories ? STORY_LENGTH : batch;
const compareNext = async (seed: number, length: number): Promise<number> => {
  const [pair, storyPair] = [pairs[seed % pairs.length], storyPairs[seed % storyPairs.length]];
  if (!pair || !storyPair) return 0;
  return values.stories ? tellStory(storyPair, seed, length, differences) : compareSet(pair, seed, length, differences);
};

const start = performance.now();
let differences = 0;
let skipped = 0;
let nextProgress = PROGRESS_SECONDS;
try {
  for (let done = 0, seed = firstSeed; done < count; done += size, seed++) {
    differences += await compareNext(seed, Math.min(size, count - done));
    const seconds = (performance.now() - start) / 1000;
    if (seconds < nextProgress) continue;
    nextProgress = seconds + PROGRESS_SECONDS;
    print(`${Math.min(done + size, count)} requests, ${differences} differences, ${Math.round(seconds)} s`);
  }
} finally {
  for (const pair of values.stories ? storyPairs : pairs) await pair.drop();
  for (const store of stores) await store.close();
  rmSync(folder, { recursive: true });
  await stop();
}
const seconds = ((performance.now() - start) / 1000).toFixed(1);
print(`${count - skipped} requests from seed ${firstSeed}: ${differences} differences in ${seconds} s`);
process.exitCode = differences === 0 ? 0 : 1;
