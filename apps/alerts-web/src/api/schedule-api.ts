import type {
  AlertRun,
  AnswerOf,
  Backtest,
  Explanation,
  RequestOf,
  RunList,
  Schedule,
  ScheduleDetails,
  ScheduleInput,
  SchedulePreview,
} from "@mozdef/alert-api";
import { ask } from "./request.ts";

/** Every alert with its schedule, by name. */
export const listSchedules = async (signal: AbortSignal): Promise<readonly Schedule[]> =>
  (await ask<"listSchedules">("GET /api/schedules", { signal })).schedules;

/** One alert with its next slots and its configuration. */
export const getSchedule = (name: string, signal: AbortSignal): Promise<ScheduleDetails> =>
  ask<"getSchedule">("GET /api/schedules/{name}", { params: { name }, signal });

/** The slots that a schedule would have. */
export const previewSchedule = (schedule: ScheduleInput, signal: AbortSignal): Promise<SchedulePreview> =>
  ask<"previewSchedule">("POST /api/schedules/preview", { body: { schedule }, signal });

/** A change of an alert. `by` and `reason` may be empty: not known. */
interface Change extends Pick<RequestOf<"changeSchedule">["body"], "enabled" | "schedule"> {
  readonly by: string;
  readonly reason: string;
}

/** Switches an alert on or off, or gives it another schedule; null: that of configuration and pack again. */
export const changeSchedule = (name: string, { by, reason, ...change }: Change): Promise<Schedule> =>
  ask<"changeSchedule">("PATCH /api/schedules/{name}", {
    params: { name },
    body: { ...change, ...(by !== "" && { by }), ...(reason !== "" && { reason }) },
  });

/** Runs an alert now, whatever its schedule. */
export const runAlert = (name: string): Promise<AlertRun> =>
  ask<"runAlert">("POST /api/schedules/{name}/run", { params: { name } });

/** The last runs of an alert and its gaps. */
export const listRuns = (name: string, most: number, signal: AbortSignal): Promise<RunList> =>
  ask<"listRuns">("GET /api/runs", {
    search: new URLSearchParams({ alert: name, ticks: String(most) }).toString(),
    signal,
  });

export type ChangeOfSchedule = AnswerOf<"listScheduleChanges", 200>["changes"][number];

/** What was changed about an alert, newest first. */
export const listChanges = async (name: string, signal: AbortSignal): Promise<readonly ChangeOfSchedule[]> =>
  (await ask<"listScheduleChanges">("GET /api/schedules/{name}/changes", { params: { name }, signal })).changes;

/** Why an alert is silent now; with an event, why it does not fit. */
export const explainAlert = (name: string, body: RequestOf<"explainAlert">["body"]): Promise<Explanation> =>
  ask<"explainAlert">("POST /api/schedules/{name}/explain", { params: { name }, body });

/** What an alert would have made of the hours before now. */
export const backtestAlert = (name: string, body: RequestOf<"backtestAlert">["body"]): Promise<Backtest> =>
  ask<"backtestAlert">("POST /api/schedules/{name}/backtest", { params: { name }, body });
