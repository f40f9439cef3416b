// Do corrupted requests leave the store alive and its data unchanged?
//   node --conditions=@mozdef/source test/fuzz/fuzz.ts --count 1000000 --seed 1
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { EmbeddedSearch, type StoreResponse } from "../../src/index.ts";
import { Random } from "../random.ts";
import { maybePack, mutate } from "./mutate.ts";
import { type Sample, samples } from "./requests.ts";

/** Requests by status of the answer. */
export type FuzzSummary = Readonly<Record<string, number>>;

/** Documents that no request of the run names, to be found unchanged at its end. */
const canary = Array.from({ length: 100 }, (_, n) => ({ n, text: `canary ${n}` }));
const canaryBody = canary
  .map((document) => `{"index":{"_id":"${document.n}"}}\n${JSON.stringify(document)}\n`)
  .join("");

/** Requests after which everything written is discarded, so that the run does not measure its own leftovers. */
const RESET_EVERY = 2000;

/** @throws when a request has no answer, an answer that is not JSON, or an answer that blames the store. */
export const fuzz = async (count: number, seed: number): Promise<FuzzSummary> => {
  const random = new Random(seed);
  const store = new EmbeddedSearch({ now: () => new Date("2020-06-01T00:00:00Z") });
  await store.handle({ method: "POST", path: "/canary/_bulk", querystring: "refresh", body: canaryBody });
  const statuses = new Map<string, number>();
  for (let number = 0; number < count; number++) {
    if (number % RESET_EVERY === 0) await reset(store);
    const sample = random.pick(samples);
    const { bytes, encoding } = maybePack(mutate(sample.body, random.pick(samples).body, random), random);
    const response = await store.handle({ ...sample, body: bytes, headers: { "content-encoding": encoding } });
    checkAnswer(response, sample, bytes, number);
    statuses.set(String(response.statusCode), (statuses.get(String(response.statusCode)) ?? 0) + 1);
  }
  await checkCanary(store);
  return Object.fromEntries([...statuses].sort());
};

const reset = async (store: EmbeddedSearch): Promise<void> => {
  const { body } = await store.handle({ method: "GET", path: "/_mapping" });
  for (const name of Object.keys(JSON.parse(body) as object))
    if (name !== "canary") await store.handle({ method: "DELETE", path: `/${encodeURIComponent(name)}` });
  await store.handle({ method: "PUT", path: "/fuzz/_doc/1", querystring: "refresh", body: samples[0].body });
};

const checkAnswer = (response: StoreResponse, sample: Sample, bytes: Uint8Array, number: number): void => {
  const fault = faultOf(response);
  if (fault === undefined) return;
  const request = `${sample.method} ${sample.path} ${Buffer.from(bytes).toString("latin1").slice(0, 2000)}`;
  throw new Error(`Input ${number}: ${fault}\n${request}\n${response.body.slice(0, 1000)}`);
};

const faultOf = ({ statusCode, body }: StoreResponse): string | undefined => {
  if (statusCode >= 500 && statusCode !== 501) return `status ${statusCode}`;
  try {
    JSON.parse(body);
    return undefined;
  } catch {
    return "the answer is not JSON";
  }
};

const checkCanary = async (store: EmbeddedSearch): Promise<void> => {
  const search = JSON.stringify({ size: 1000, sort: ["n"] });
  const { body } = await store.handle({ method: "POST", path: "/canary/_search", body: search });
  const { hits } = JSON.parse(body) as { hits: { hits: { _source: unknown }[] } };
  const found = JSON.stringify(hits.hits.map(({ _source }) => _source));
  if (found !== JSON.stringify(canary))
    throw new Error(`The documents of another index have changed: ${found.slice(0, 1000)}`);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { count: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
  });
  const startMs = performance.now();
  const summary = await fuzz(Number(values.count), Number(values.seed));
  const seconds = Math.round((performance.now() - startMs) / 1000);
  process.stdout.write(`${values.count} inputs in ${seconds} s, answers by status: ${JSON.stringify(summary)}\n`);
}
