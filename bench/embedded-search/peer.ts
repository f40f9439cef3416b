import type { Client } from "@elastic/elasticsearch";
import { readFileSync } from "node:fs";
import type { Figure } from "./figures.ts";
import { INDEX } from "./measure.ts";

/** What a server takes of memory, when it runs on this machine, and of disk. */
export const peerTakes = async (client: Client): Promise<readonly Figure[]> => {
  const { _all: all } = await client.indices.stats({ index: INDEX, metric: "store" });
  const disk: Figure = { name: "disk", value: all.primaries?.store?.size_in_bytes ?? Number.NaN, unit: "bytes" };
  const { nodes } = await client.nodes.info({ metric: "process" });
  const residents = Object.values(nodes).flatMap(({ process }) => residentBytes(process?.id) ?? []);
  return [disk, ...residents.map((value): Figure => ({ name: "memory of the process", value, unit: "bytes" }))];
};

/** undefined when there is no such process here. */
const residentBytes = (id: number | undefined): number | undefined => {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? undefined : 1024 * Number(kilobytes);
  } catch {
    return undefined;
  }
};
