import { messageOf } from "@mozdef/alert";
import type { Duration } from "@mozdef/query";
import { durationMs } from "@mozdef/query/tools";

/** A time that passes: `"30s"`, `"4h"`, `"1d12h"`, or `{ minutes: 5 }`. */
export type DurationInput = string | Duration;

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 604_800_000],
]);

/** Ten years: a longer one is a mistake. */
const LONGEST_MS = 3_650 * 86_400_000;

const EXPECTED = 'expected a duration such as "30s", "15m", "4h", "1d12h" or { minutes: 15 }';

/**
 * A duration in milliseconds.
 *
 * @throws {Error} saying what was expected, for whoever names the place.
 */
export const readDuration = (value: unknown): number => {
  const ms = typeof value === "string" ? ofText(value) : ofObject(value);
  if (ms > 0 && ms <= LONGEST_MS) return ms;
  throw new Error(`${EXPECTED}, at most ten years, received ${shown(value)}`);
};

const ofText = (text: string): number => {
  if (text.length > 50 || !/^(?:\d{1,12}(?:ms|s|m|h|d|w))+$/.test(text)) return 0;
  return [...text.matchAll(/(\d+)([a-z]+)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNIT_MS.get(unit ?? "") ?? 0),
    0,
  );
};

const ofObject = (value: unknown): number => {
  try {
    return durationMs(value as Duration);
  } catch (cause) {
    throw new Error(`${EXPECTED}: ${messageOf(cause)}`, { cause });
  }
};

const shown = (value: unknown): string => String(value === undefined ? value : JSON.stringify(value)).slice(0, 100);
