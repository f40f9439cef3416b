import type { Duration } from "@mozdef/query";
import { durationMs, preview } from "@mozdef/query/tools";
import { AlertError, messageOf } from "../alert-error.ts";
import { isEverDay } from "./cron-days.ts";
import { cronValues } from "./cron-field.ts";
import { CRON_KEYS, type CronKey, LONGEST_FIELD } from "./cron-syntax.ts";
import type { CrontabFields } from "./crontab-fields.ts";
import { checkZone, UTC } from "./time-zone.ts";

/** Slots by the clock. */
export interface CrontabSchedule {
  readonly kind: "crontab";
  readonly minute: string;
  readonly hour: string;
  readonly dayOfWeek: string;
  readonly dayOfMonth: string;
  readonly monthOfYear: string;
  /** The zone whose clocks count. Left out for UTC. */
  readonly timezone?: string;
}

/** Slots at multiples of a period since 1970, so that they do not move when the service starts again. */
export interface IntervalSchedule {
  readonly kind: "interval";
  readonly everyMs: number;
}

export type Schedule = CrontabSchedule | IntervalSchedule;

/** What {@link crontab} takes. */
export interface CrontabOptions extends CrontabFields {
  /** A zone of the IANA database, such as `Europe/Berlin`. Default `UTC`. */
  readonly timezone?: string;
}

/**
 * A schedule in celery's terms. `crontab({ minute: "*\/5" })` is every five minutes,
 * `crontab({ minute: 0, hour: 9, dayOfWeek: "mon-fri", timezone: "Europe/Berlin" })` nine in the morning in Berlin. As in celery
 * and unlike cron, a day has to fit both `dayOfMonth` and `dayOfWeek` when both are given.
 *
 * In a time zone, a slot that is skipped when clocks are set ahead comes at the end of what is skipped. One that clocks show twice
 * comes once, the first time; but when the schedule has another slot within an hour before or after it on the clock, it comes both
 * times, so that no hour is left out.
 *
 * @throws {AlertError} `SCHEDULE_INVALID` naming the field, also for a day that never comes.
 */
export const crontab = (fields: CrontabOptions = {}): CrontabSchedule => {
  for (const key of Object.keys(fields)) if (!KNOWN.includes(key)) throw unknownField(key);
  const { minute = "*", hour = "*", dayOfWeek = "*", dayOfMonth = "*", monthOfYear = "*", timezone = UTC } = fields;
  const zone = checked("timezone", timezone, () => checkZone(timezone));
  const schedule: CrontabSchedule = {
    kind: "crontab",
    minute: checkedField("minute", minute),
    hour: checkedField("hour", hour),
    dayOfWeek: checkedField("dayOfWeek", dayOfWeek),
    dayOfMonth: checkedField("dayOfMonth", dayOfMonth),
    monthOfYear: checkedField("monthOfYear", monthOfYear),
    ...(zone !== UTC && { timezone: zone }),
  };
  return Object.freeze(checkedTogether(schedule));
};

const KNOWN: readonly string[] = [...CRON_KEYS, "timezone"];

/**
 * A schedule by period: `interval({ seconds: 30 })`.
 *
 * @throws {AlertError} `SCHEDULE_INVALID` below one second or above 3650 days.
 */
export const interval = (every: Duration): IntervalSchedule => intervalOf(msOf(every));

/** A longer one would be a mistake that never runs. */
const LONGEST_PERIOD_MS = 3_650 * 86_400_000;

const intervalOf = (everyMs: number): IntervalSchedule => {
  if (everyMs >= 1_000 && everyMs <= LONGEST_PERIOD_MS) return Object.freeze({ kind: "interval", everyMs });
  throw new AlertError(
    "SCHEDULE_INVALID",
    `interval: the shortest period is 1 second, the longest 3650 days. Received: ${everyMs} ms.`,
  );
};

/**
 * A schedule that was not made here: by another copy of this package, or read from a store.
 *
 * @throws {AlertError} `SCHEDULE_INVALID`.
 */
export const readSchedule = (value: unknown): Schedule => {
  if (typeof value === "object" && value !== null && "kind" in value) {
    const { kind, ...fields } = value as { readonly kind: unknown; readonly everyMs?: unknown };
    if (kind === "crontab") return crontab(fields as CrontabOptions);
    if (kind === "interval" && typeof fields.everyMs === "number") return intervalOf(fields.everyMs);
  }
  throw new AlertError("SCHEDULE_INVALID", "It is not a schedule. Expected: crontab({ ... }) or interval({ ... }).");
};

const msOf = (every: Duration): number => {
  try {
    return durationMs(every);
  } catch (cause) {
    throw new AlertError("SCHEDULE_INVALID", `interval: ${messageOf(cause)}`, { cause });
  }
};

const checkedField = (key: CronKey, value: unknown): string =>
  checked(key, value, () => {
    const text = textOf(value);
    if (text === "")
      throw new Error("expected one field of cron syntax, such as */5 or 1-5, a number or a list of numbers");
    cronValues(key, text);
    return text;
  });

const textOf = (value: unknown): string => {
  if (typeof value === "number" || typeof value === "string") return String(value).trim();
  if (!Array.isArray(value) || !value.every((each) => typeof each === "number")) return "";
  if (value.length > LONGEST_FIELD) throw new Error(`it has ${value.length} numbers`);
  return value.join(",");
};

const checked = (key: string, value: unknown, check: () => string): string => {
  try {
    return check();
  } catch (cause) {
    throw new AlertError(
      "SCHEDULE_INVALID",
      `crontab: wrong "${key}": ${messageOf(cause)}. Received: ${preview(value)}.`,
      { cause },
    );
  }
};

/** Fields that are fine by themselves may name a day that never comes: 30 February. */
const checkedTogether = (schedule: CrontabSchedule): CrontabSchedule => {
  const values = (key: CronKey) => new Set(cronValues(key, schedule[key]));
  const [dayOfMonth, dayOfWeek, monthOfYear] = [values("dayOfMonth"), values("dayOfWeek"), values("monthOfYear")];
  if (isEverDay({ dayOfMonth, dayOfWeek, monthOfYear })) return schedule;
  throw new AlertError(
    "SCHEDULE_INVALID",
    `crontab: no day fits dayOfMonth, dayOfWeek and monthOfYear together, so it would never run. Received: ${preview(schedule)}.`,
  );
};

const unknownField = (key: string): AlertError =>
  new AlertError("SCHEDULE_INVALID", `crontab: no field "${key.slice(0, 100)}". Expected some of ${KNOWN.join(", ")}.`);

/** As MozDef shows schedules: `m h dow dom moy`, or `1.0 seconds`. A zone other than UTC comes last. */
export const describeSchedule = (schedule: Schedule): string => {
  if (schedule.kind === "interval") {
    const seconds = schedule.everyMs / 1_000;
    return `${Number.isInteger(seconds) ? seconds.toFixed(1) : String(seconds)} seconds`;
  }
  const { minute, hour, dayOfWeek, dayOfMonth, monthOfYear, timezone } = schedule;
  return [minute, hour, dayOfWeek, dayOfMonth, monthOfYear, ...(timezone === undefined ? [] : [timezone])].join(" ");
};
