import { crontab } from "@mozdef/alert";
import { type CrontabOptions, type CrontabSchedule, nextSlot, slotsBetween } from "@mozdef/alert/runtime";
import { type DurationInput, readDuration } from "./read-duration.ts";

/** Time that comes again and again: it begins by a crontab and lasts. */
export interface Recurring {
  /** Whether it is such a time. */
  readonly isWithin: (now: Date) => boolean;
  /** When the next one begins that has not begun. */
  readonly next: (now: Date) => Date;
}

/** When it begins, as for the schedule of an alert, and for how long it lasts. */
export interface RecurringInput {
  readonly begins: CrontabOptions | CrontabSchedule;
  readonly lasts: DurationInput;
}

const LONGEST_MS = 31 * 86_400_000;

/** @throws {Error} saying what was expected. */
export const readRecurring = ({ begins, lasts }: RecurringInput): Recurring => {
  const schedule = readCrontab(begins);
  const lastsMs = readDuration(lasts);
  if (lastsMs > LONGEST_MS) throw new Error("expected it to last 31 days at most");
  return {
    isWithin: (now) => slotsBetween(schedule, new Date(now.getTime() - lastsMs), now, 1).slots.length > 0,
    next: (now) => nextOf(schedule, now),
  };
};

/** What `crontab({ ... })` returns, or what it takes. @throws {AlertError} `SCHEDULE_INVALID`. */
export const readCrontab = (value: CrontabOptions | CrontabSchedule): CrontabSchedule => {
  const fields = Object.entries(value).filter(([key]) => key !== "kind");
  return crontab(Object.fromEntries(fields));
};

/** The next time of a crontab: one that never comes cannot be made. */
export const nextOf = (schedule: CrontabSchedule, now: Date): Date => nextSlot(schedule, now) ?? now;

/** Hours of some days, by the clocks of a zone. */
export interface HoursInput {
  /** In cron syntax. Default `mon-fri`. */
  readonly days?: string;
  /** `HH:MM`. */
  readonly from: string;
  /** `HH:MM`, later than `from`, or earlier for hours over midnight. */
  readonly to: string;
  /** Of the IANA database. Default `UTC`. */
  readonly timezone?: string;
}

/** @throws {Error} saying what was expected. */
export const readHours = ({ days = "mon-fri", from, to, timezone = "UTC" }: HoursInput): Recurring => {
  const [begin, end] = [readMinutes("from", from), readMinutes("to", to)];
  if (begin === end) throw new Error("expected from and to to be different");
  const minutes = (end - begin + DAY_MINUTES) % DAY_MINUTES;
  const begins = { minute: begin % 60, hour: Math.floor(begin / 60), dayOfWeek: days, timezone };
  return readRecurring({ begins, lasts: { minutes } });
};

const DAY_MINUTES = 1_440;

const readMinutes = (key: string, text: unknown): number => {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(String(text)) ?? [];
  if (hours === undefined)
    throw new Error(`expected ${key} to be a time such as "08:30", received ${JSON.stringify(text)}`);
  return Number(hours) * 60 + Number(minutes);
};
