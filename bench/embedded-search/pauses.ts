import type { Client } from "@elastic/elasticsearch";
import { setImmediate as nextTurn } from "node:timers/promises";
import { eventBatches, mappings } from "./events.ts";
import { timesAs, type Figure } from "./figures.ts";
import { alertQuery } from "./questions.ts";
import { INDEX } from "./measure.ts";

const NAME = "bench-embedded-search-pauses";
const EVENTS = 250_000;
const BATCH = 250;

/**
 * How long anybody may have to wait while events come as fast as they are taken, in batches so small that each takes some
 * milliseconds: the longest of all answers, to batches, refreshes and searches.
 */
export const pausesOf = async (client: Client): Promise<readonly Figure[]> => {
  await client.indices.create({ index: NAME, mappings });
  const times: number[] = [];
  const cpuTimes: number[] = [];
  const timed = async (call: () => Promise<unknown>): Promise<void> => {
    const [startMs, startCpu] = [performance.now(), process.threadCpuUsage()];
    await call();
    times.push(performance.now() - startMs);
    const { user, system } = process.threadCpuUsage(startCpu);
    cpuTimes.push((user + system) / 1000);
    await nextTurn();
  };
  let number = 0;
  for (const list of eventBatches(EVENTS, BATCH)) {
    const operations = list.flatMap((event) => [{ index: { _index: NAME, _id: `p${number++}` } }, event]);
    await timed(() => client.bulk({ operations }));
    if (number % 25_000 === 0) await timed(() => client.indices.refresh({ index: NAME }));
    if (number % 10_000 === 0) await timed(() => client.search({ index: INDEX, ...alertQuery(number / 10_000) }));
  }
  await client.indices.delete({ index: NAME });
  const name = "answer to 250 events, a refresh or a search, at full intake";
  return [
    ...timesAs(
      name,
      times.sort((a, b) => a - b),
    ),
    // What it is on a machine that does nothing else.
    { name: `${name}, longest by processor time`, value: Math.max(...cpuTimes), unit: "ms" },
  ];
};
