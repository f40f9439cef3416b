import { CronExpressionParser } from "cron-parser";
import type { CrontabFields } from "./crontab-fields.ts";

/** Where each field stands in a cron expression, and what the parser calls it. */
const FIELDS = {
  minute: [0, "minute"],
  hour: [1, "hour"],
  dayOfMonth: [2, "dayOfMonth"],
  monthOfYear: [3, "month"],
  dayOfWeek: [4, "dayOfWeek"],
} as const satisfies Readonly<Record<keyof CrontabFields, readonly [number, string]>>;

export const CRON_FIELDS = Object.keys(FIELDS) as readonly (keyof CrontabFields)[];

/** The values of one field. @throws what the parser throws. */
export const cronValues = (key: keyof CrontabFields, text: string): readonly (number | string)[] => {
  const [position, name] = FIELDS[key];
  const expression = ["*", "*", "*", "*", "*"].with(position, text).join(" ");
  return CronExpressionParser.parse(expression, { tz: "UTC" }).fields[name].values;
};

/** A field as the parser takes it: celery allows lists whose parts overlap, such as `*\/3,8-17`, the parser does not. */
export const withoutOverlap = (key: keyof CrontabFields, text: string): string => {
  if (!text.includes(",")) return text;
  return [...new Set(text.split(",").flatMap((part) => cronValues(key, part)))].join(",");
};

/** A crontab in the order and the syntax of cron. */
export const cronExpression = (schedule: Readonly<Record<keyof CrontabFields, string>>): string =>
  (["minute", "hour", "dayOfMonth", "monthOfYear", "dayOfWeek"] as const)
    .map((key) => withoutOverlap(key, schedule[key]))
    .join(" ");
