import { setTimeout as pause } from "node:timers/promises";
import type { Service } from "./service.ts";

export interface Ticks {
  /** Milliseconds of each. */
  readonly ms: readonly number[];
  /** Processor time of the service in one on average, in milliseconds: the same whatever else the machine does. */
  readonly cpuMs: number;
  /** Requests to the store in one, by API, on average. */
  readonly requests: ReadonlyMap<string, number>;
}

/**
 * Waits until so many ticks have been, and says how long each took. Of several between two looks each is their mean.
 *
 * @param lookMs - Looks are this far apart. Each takes some milliseconds of the service for each thousand alerts, and is part of what
 * is measured when it comes in the middle of a tick: one for each tick is enough.
 */
export const watchTicks = async (service: Service, count: number, lookMs: number): Promise<Ticks> => {
  const first = await service.metrics();
  const ms: number[] = [];
  let before = first;
  while (ms.length < count) {
    await pause(lookMs);
    const now = await service.metrics();
    const ticks = now.ticks - before.ticks;
    const each = ((now.tickSeconds - before.tickSeconds) * 1_000) / ticks;
    ms.push(...Array.from({ length: ticks }, () => each));
    before = now;
  }
  const requests = [...before.requests].flatMap(([api, total]): readonly [string, number][] => {
    const each = (total - (first.requests.get(api) ?? 0)) / ms.length;
    return each < 0.05 ? [] : [[api, each]];
  });
  return {
    ms,
    cpuMs: ((before.cpuSeconds - first.cpuSeconds) * 1_000) / ms.length,
    requests: new Map(requests),
  };
};
