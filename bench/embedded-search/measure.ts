import type { Client } from "@elastic/elasticsearch";
import { setTimeout } from "node:timers/promises";
import { eventBatches, mappings } from "./events.ts";

/** Name of the index that every store is asked about. */
export const INDEX = "bench-embedded-search";

export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 3 : 1)} ms`;

/**
 * Calls before the timed ones, for each timed one: a service is warm. Both sides compile what is used often, and go on getting
 * faster for some 10,000 searches.
 */
const WARM_UP = 30;

/**
 * Times of the calls, ascending, in milliseconds. The untimed calls before them have other numbers.
 *
 * @param question - Makes what the call of that number asks; not timed.
 */
export const timesOf = async <Question>(
  calls: number,
  question: (number: number) => Question,
  call: (question: Question) => Promise<unknown>,
): Promise<number[]> => {
  for (let number = calls; number < (1 + WARM_UP) * calls; number++) await call(question(number));
  const times: number[] = [];
  for (let number = 0; number < calls; number++) {
    const asked = question(number);
    const startMs = performance.now();
    await call(asked);
    times.push(performance.now() - startMs);
  }
  return times.sort((a, b) => a - b);
};

export const percentile = (ascending: readonly number[], share: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Number.NaN;

/** How fast a store was filled, the making of the events left out. */
export interface Intake {
  readonly perSecond: number;
  /** By the processor time of this process: of a store in it, what it would be on a machine that does nothing else. */
  readonly perCpuSecond: number;
}

/** Fills a store. */
export const fill = async (client: Client, events: number, batch = 2000): Promise<Intake> => {
  await client.indices.delete({ index: INDEX }, { ignore: [404] });
  const settings = { number_of_shards: 1, number_of_replicas: 0 };
  await client.indices.create({ index: INDEX, mappings, settings });
  let [spentMs, cpuMs] = [0, 0];
  let number = 0;
  for (const list of eventBatches(events, batch)) {
    const operations = list.flatMap((event) => [{ index: { _index: INDEX, _id: String(number++) } }, event]);
    const [startMs, startCpu] = [performance.now(), process.cpuUsage()];
    const { errors } = await client.bulk({ operations });
    spentMs += performance.now() - startMs;
    const { user, system } = process.cpuUsage(startCpu);
    cpuMs += (user + system) / 1000;
    if (errors) throw new Error("The store refused an event.");
  }
  await client.indices.refresh({ index: INDEX });
  return { perSecond: (events / spentMs) * 1000, perCpuSecond: (events / cpuMs) * 1000 };
};

/** Elasticsearch goes on merging after it has taken everything. */
export const settled = async (client: Client): Promise<void> => {
  for (let quiet = 0; quiet < 5;) {
    const { _all: all } = await client.indices.stats({ index: INDEX, metric: "merge" });
    quiet = all.total?.merges?.current === 0 ? quiet + 1 : 0;
    await setTimeout(500);
  }
};
