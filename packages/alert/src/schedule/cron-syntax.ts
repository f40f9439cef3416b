import type { CrontabFields } from "./crontab-fields.ts";

export type CronKey = keyof CrontabFields;

interface Syntax {
  readonly min: number;
  readonly max: number;
  /** What stands for a number, from `min` on. */
  readonly names: readonly string[];
}

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const MONTHS = [..."january february march april may june july august september october november december".split(" ")];

/** What each field may hold. */
export const CRON_SYNTAX: Readonly<Record<CronKey, Syntax>> = {
  minute: { min: 0, max: 59, names: [] },
  hour: { min: 0, max: 23, names: [] },
  dayOfWeek: { min: 0, max: 6, names: DAYS },
  dayOfMonth: { min: 1, max: 31, names: [] },
  monthOfYear: { min: 1, max: 12, names: MONTHS },
};

export const CRON_KEYS = Object.keys(CRON_SYNTAX) as readonly CronKey[];

/** Above 60 minutes one by one, which are 169 characters. */
export const LONGEST_FIELD = 256;

/**
 * Signs of other crons that celery does not have, and what to write instead. Null when a part has none.
 *
 * `H` would be another minute at each look, `#` and `L` of a weekday have a form in which both days count.
 */
export const foreignSign = (key: CronKey, part: string): string | null => {
  const [, day, nth] = /^(\w+)#([1-5])$/.exec(part) ?? [];
  if (key === "dayOfWeek" && day !== undefined && nth !== undefined)
    return `write dayOfWeek: "${day}" with dayOfMonth: "${Number(nth) * 7 - 6}-${Math.min(Number(nth) * 7, 31)}", since a day has to fit both`;
  if (key === "dayOfWeek" && part === "L") return 'write "sat" for Saturdays or "6L" for the last Saturday of a month';
  if (/^h(\W.*)?$/i.test(part))
    return `"H" has no fixed value: write a number, such as ${key === "minute" ? "17" : "3"}`;
  if (part.startsWith("?")) return 'write "*" for any value';
  if (key === "dayOfMonth" && /^L-\d+$/.test(part))
    return 'only "L" is known, the last day of a month: write days, such as "25-28"';
  if (key === "dayOfMonth" && /^\d*L?W$/i.test(part))
    return '"W" is not known: write days with dayOfWeek: "mon-fri", since a day has to fit both';
  return null;
};
