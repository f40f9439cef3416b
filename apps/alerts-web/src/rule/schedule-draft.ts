import type { ScheduleDetails, ScheduleInput } from "@mozdef/alert-api";

/** The fields of a crontab, in its order. */
export const CRON_FIELDS = [
  ["minute", "Minute"],
  ["hour", "Hour"],
  ["dayOfWeek", "Day of week"],
  ["dayOfMonth", "Day of month"],
  ["monthOfYear", "Month"],
] as const;

export type CronField = (typeof CRON_FIELDS)[number][0];

export const UNITS = ["seconds", "minutes", "hours", "days"] as const;

export type Unit = (typeof UNITS)[number];

/** What somebody writes into the form. Both ways are kept, so that trying the other one loses nothing. */
export interface ScheduleDraft extends Readonly<Record<CronField, string>> {
  readonly kind: "crontab" | "interval";
  readonly timezone: string;
  readonly amount: string;
  readonly unit: Unit;
}

const EMPTY: ScheduleDraft = {
  ...{ kind: "crontab", minute: "*/5", hour: "*", dayOfWeek: "*", dayOfMonth: "*", monthOfYear: "*" },
  ...{ timezone: "UTC", amount: "5", unit: "minutes" },
};

/** The form as it is at first: the schedule as it runs. */
export const draftOf = (fields: ScheduleDetails["fields"]): ScheduleDraft =>
  "crontab" in fields
    ? { ...EMPTY, ...fields.crontab, kind: "crontab" }
    : { ...EMPTY, ...amountOf(fields.interval.seconds), kind: "interval" };

const SECONDS: Readonly<Record<Unit, number>> = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };

/** The largest unit that it is a whole number of. */
const amountOf = (seconds: number): Pick<ScheduleDraft, "amount" | "unit"> => {
  const unit = UNITS.findLast((name) => seconds % SECONDS[name] === 0) ?? "seconds";
  return { unit, amount: String(seconds / SECONDS[unit]) };
};

/** What the service is asked for; it says what is wrong with it. */
export const inputOf = (draft: ScheduleDraft): ScheduleInput => {
  const { kind, amount, unit, minute, hour, dayOfWeek, dayOfMonth, monthOfYear, timezone } = draft;
  if (kind === "interval") return { interval: { [unit]: Number(amount) } };
  return { crontab: { minute, hour, dayOfWeek, dayOfMonth, monthOfYear, timezone: timezone.trim() || "UTC" } };
};
