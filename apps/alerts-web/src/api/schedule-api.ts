import type { AlertRun, Schedule } from "@mozdef/alert-api";
import { ask } from "./request.ts";

/** Every alert with its schedule, by name. */
export const listSchedules = async (signal: AbortSignal): Promise<readonly Schedule[]> =>
  (await ask<"listSchedules">("GET /api/schedules", { signal })).schedules;

/** Switches an alert on or off. `by` may be empty: not known. */
export const setEnabled = (name: string, { enabled, by }: { enabled: boolean; by: string }): Promise<Schedule> =>
  ask<"changeSchedule">("PATCH /api/schedules/{name}", {
    params: { name },
    body: { enabled, ...(by !== "" && { by }) },
  });

/** Runs an alert now, whatever its schedule. */
export const runAlert = (name: string): Promise<AlertRun> =>
  ask<"runAlert">("POST /api/schedules/{name}/run", { params: { name } });
