import type { Duration } from "@mozdef/query";
import { durationMs, preview } from "@mozdef/query/tools";
import { CronExpressionParser } from "cron-parser";
import { AlertError, messageOf } from "../alert-error.ts";
import { CRON_FIELDS, cronExpression, cronValues, withoutOverlap } from "./cron-field.ts";
import type { CrontabFields } from "./crontab-fields.ts";

/** Slots by the clock, in UTC. */
export interface CrontabSchedule {
  readonly kind: "crontab";
  readonly minute: string;
  readonly hour: string;
  readonly dayOfWeek: string;
  readonly dayOfMonth: string;
  readonly monthOfYear: string;
}

/** Slots at multiples of a period since 1970, so that they do not move when the service starts again. */
export interface IntervalSchedule {
  readonly kind: "interval";
  readonly everyMs: number;
}

export type Schedule = CrontabSchedule | IntervalSchedule;

/**
 * A schedule in celery's terms, UTC. `crontab({ minute: "*\/5" })` is every five minutes. As in celery and unlike cron, a day has
 * to fit both `dayOfMonth` and `dayOfWeek` when both are given.
 *
 * @throws {AlertError} `SCHEDULE_INVALID` naming the field.
 */
export const crontab = (fields: CrontabFields = {}): CrontabSchedule => {
  for (const key of Object.keys(fields)) if (!CRON_FIELDS.some((field) => field === key)) throw unknownField(key);
  const { minute = "*", hour = "*", dayOfWeek = "*", dayOfMonth = "*", monthOfYear = "*" } = fields;
  const schedule: CrontabSchedule = {
    kind: "crontab",
    minute: checkedField("minute", minute),
    hour: checkedField("hour", hour),
    dayOfWeek: checkedField("dayOfWeek", dayOfWeek),
    dayOfMonth: checkedField("dayOfMonth", dayOfMonth),
    monthOfYear: checkedField("monthOfYear", monthOfYear),
  };
  return Object.freeze(checkedTogether(schedule));
};

/**
 * A schedule by period: `interval({ seconds: 30 })`.
 *
 * @throws {AlertError} `SCHEDULE_INVALID` below one second.
 */
export const interval = (every: Duration): IntervalSchedule => {
  const everyMs = msOf(every);
  if (everyMs >= 1_000) return Object.freeze({ kind: "interval", everyMs });
  throw new AlertError("SCHEDULE_INVALID", `interval: the shortest period is 1 second. Received: ${everyMs} ms.`);
};

const msOf = (every: Duration): number => {
  try {
    return durationMs(every);
  } catch (cause) {
    throw new AlertError("SCHEDULE_INVALID", `interval: ${messageOf(cause)}`, { cause });
  }
};

const checkedField = (key: keyof CrontabFields, value: unknown): string => {
  const text = typeof value === "number" || typeof value === "string" ? String(value).trim() : "";
  try {
    if (text === "" || /\s/.test(text)) throw new Error("expected one field of cron syntax, such as */5 or 1-5");
    cronValues(key, withoutOverlap(key, text));
    return text;
  } catch (cause) {
    throw new AlertError(
      "SCHEDULE_INVALID",
      `crontab: wrong "${key}": ${messageOf(cause)}. Received: ${JSON.stringify(value)}.`,
      { cause },
    );
  }
};

/** Fields that are fine by themselves may name a day that never comes: 30 February. */
const checkedTogether = (schedule: CrontabSchedule): CrontabSchedule => {
  try {
    CronExpressionParser.parse(cronExpression(schedule), { tz: "UTC" });
    return schedule;
  } catch (cause) {
    throw new AlertError("SCHEDULE_INVALID", `crontab: ${messageOf(cause)}. Received: ${preview(schedule)}.`, {
      cause,
    });
  }
};

const unknownField = (key: string): AlertError =>
  new AlertError("SCHEDULE_INVALID", `crontab: no field "${key}". Expected some of ${CRON_FIELDS.join(", ")}.`);

/** As MozDef shows schedules: `m h dow dom moy`, or `1.0 seconds`. */
export const describeSchedule = (schedule: Schedule): string =>
  schedule.kind === "interval"
    ? `${Number.isInteger(schedule.everyMs / 1_000) ? (schedule.everyMs / 1_000).toFixed(1) : String(schedule.everyMs / 1_000)} seconds`
    : [schedule.minute, schedule.hour, schedule.dayOfWeek, schedule.dayOfMonth, schedule.monthOfYear].join(" ");
