import { expect, it } from "vitest";
import { MinuteCount } from "./minute-count.ts";

const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1) + second * 1_000);

const counted = (...seconds: readonly number[]): MinuteCount => {
  const count = new MinuteCount();
  for (const second of seconds) count.add(at(second));
  return count;
};

it.each([
  ["nothing", [], 0, 0],
  ["what came this second", [0, 0.9], 0.95, 2],
  ["what came within a minute", [0, 30, 59], 59, 3],
  ["not what came a minute ago", [0, 30, 59], 60, 2],
  ["nothing of long ago", [0, 30], 600, 0],
  ["a second that comes again after a minute by itself", [0, 60], 60, 1],
  ["what came before the clock was set back a little", [30, 20], 30, 2],
  ["only what came since the clock was set back far", [600, 20], 20, 1],
])("counts %s", (_what, seconds, now, expected) => expect(counted(...seconds).at(at(now))).toBe(expected));
