import type { Client } from "@elastic/elasticsearch";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import type { Figure } from "./figures.ts";
import { INDEX } from "./measure.ts";

/** Bytes of a folder. */
export const bytesIn = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

const MOST_MS = 600_000;

/** How long deleting an index takes, until the answer and until its disk is given back, and how long others have to wait meanwhile. */
export const droppingOf = async (client: Client, folder: string): Promise<readonly Figure[]> => {
  const before = bytesIn(folder);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const startMs = performance.now();
  await client.indices.delete({ index: INDEX });
  const answeredMs = performance.now() - startMs;
  while (bytesIn(folder) > before / 10 && performance.now() - startMs < MOST_MS) await setTimeout(20);
  await setTimeout(20); // a pause is noted at the first turn after it
  delay.disable();
  return [
    { name: "deleting the index, until the answer", value: answeredMs, unit: "ms" },
    { name: "deleting the index, until its disk is given back", value: performance.now() - startMs, unit: "ms" },
    { name: "deleting the index, longest pause meanwhile", value: delay.max / 1e6, unit: "ms" },
  ];
};
