import { crontab, interval, type Schedule } from "@mozdef/alert";
import { z } from "zod";
import { withoutUndefined } from "../without-undefined.ts";

const crontabFields = z.strictObject({
  minute: z.union([z.string(), z.number()]).optional(),
  hour: z.union([z.string(), z.number()]).optional(),
  dayOfWeek: z.union([z.string(), z.number()]).optional(),
  dayOfMonth: z.union([z.string(), z.number()]).optional(),
  monthOfYear: z.union([z.string(), z.number()]).optional(),
});

const duration = z.strictObject({
  days: z.number().optional(),
  hours: z.number().optional(),
  minutes: z.number().optional(),
  seconds: z.number().optional(),
});

/** A schedule in a request: `{ "crontab": { "minute": "*\/5" } }` or `{ "interval": { "seconds": 30 } }`. */
export const scheduleInput = z.union(
  [z.strictObject({ crontab: crontabFields }), z.strictObject({ interval: duration })],
  { error: 'expected { "crontab": { "minute": "*/5" } } or { "interval": { "seconds": 30 } }' },
);

/** @throws {AlertError} `SCHEDULE_INVALID` naming the field. */
export const readSchedule = (input: z.output<typeof scheduleInput>): Schedule =>
  "crontab" in input ? crontab(withoutUndefined(input.crontab)) : interval(withoutUndefined(input.interval));
