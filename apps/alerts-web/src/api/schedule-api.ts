import type { Schedule } from "../schedules/schedule.ts";
import { request, sending } from "./request.ts";

const schedulePath = (name: string): string => `/api/schedules/${encodeURIComponent(name)}`;

/** Every alert with its schedule, by name. */
export const listSchedules = async (signal: AbortSignal): Promise<readonly Schedule[]> =>
  (await request<{ readonly schedules: readonly Schedule[] }>("/api/schedules", { signal })).schedules;

/** Switches an alert on or off. `by` may be empty: not known. */
export const setEnabled = (name: string, { enabled, by }: { enabled: boolean; by: string }): Promise<Schedule> =>
  request<Schedule>(schedulePath(name), sending("PATCH", { enabled, ...(by !== "" && { by }) }));

/** Runs an alert now, whatever its schedule. */
export const runAlert = (name: string): Promise<unknown> => request(`${schedulePath(name)}/run`, sending("POST", {}));
