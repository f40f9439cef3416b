import { crontab, interval, type Schedule } from "@mozdef/alert";
import type { ScheduleInput } from "@mozdef/alert-api";
import { withoutUndefined } from "../without-undefined.ts";

/**
 * The schedule that a request gives.
 *
 * @throws {AlertError} `SCHEDULE_INVALID` naming the field.
 */
export const readSchedule = (input: ScheduleInput): Schedule =>
  "crontab" in input ? crontab(withoutUndefined(input.crontab)) : interval(withoutUndefined(input.interval));
