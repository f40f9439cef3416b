// Room for what a server stores, in memory.
import { existsSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { freemem } from "node:os";
import { join } from "node:path";
import { isAlive } from "./is-alive.ts";

/** Where Linux has files in memory. */
const MEMORY = "/dev/shm";
/** Free bytes of it from which it is used, and of the machine: it takes what is written there from the same memory. */
const LEAST_FILES = 2 * 2 ** 30;
const LEAST_MEMORY = 6 * 2 ** 30;

/** A server makes an index in less than half of the time where no disk has to confirm it. Undefined where there is no room for that. */
export const placeInMemory = (port: number): string | undefined => {
  if (!existsSync(MEMORY) || freemem() < LEAST_MEMORY) return undefined;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize < LEAST_FILES ? undefined : join(MEMORY, `mozdef-search-${process.pid}-${port}`);
};

/** Of processes that have ended without stopping their servers. */
export const clearMemory = (): void => {
  if (!existsSync(MEMORY)) return;
  for (const name of readdirSync(MEMORY)) {
    const pid = /^mozdef-search-(\d+)-\d+$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(MEMORY, name), { recursive: true, force: true });
  }
};
