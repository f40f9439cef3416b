import { listRuns, type Scheduler } from "@mozdef/alert-engine";
import type { AlertStore } from "@mozdef/alert-store";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { readInput } from "../http/read-input.ts";
import { readSchedule, scheduleInput } from "./schedule-input.ts";
import { legacySchedule, scheduleView } from "./schedule-view.ts";

export const changeBody = z
  .strictObject({
    enabled: z.boolean().optional(),
    schedule: scheduleInput.nullable().optional(),
    by: z.string().trim().min(1).max(200).default("anonymous"),
  })
  .refine(
    ({ enabled, schedule }) => enabled !== undefined || schedule !== undefined,
    'expected "enabled", "schedule" or both',
  );

export const runsQuery = z.strictObject({
  alert: z.string().optional(),
  health: z.enum(["ok", "error"]).optional(),
  ticks: z.coerce.number().int().min(1).max(1_000).default(100),
});

interface OneSchedule {
  Params: { readonly name: string };
}

export interface ScheduleRoutesOptions {
  readonly store: AlertStore;
  readonly scheduler: Scheduler;
}

/** When alerts run, and what came of it. */
export const scheduleRoutes = (app: FastifyInstance, { store, scheduler }: ScheduleRoutesOptions): void => {
  app.get("/api/schedules", () => ({ schedules: scheduler.states.map(scheduleView) }));

  app.patch<OneSchedule>("/api/schedules/:name", async ({ params, body }) => {
    const { enabled, schedule, by } = readInput(changeBody, body, "body");
    const changed = schedule == null ? schedule : readSchedule(schedule);
    return scheduleView(
      await scheduler.change(params.name, { enabled, by, ...(changed !== undefined && { schedule: changed }) }),
    );
  });

  app.post<OneSchedule>("/api/schedules/:name/run", ({ params }) => scheduler.run(params.name));

  app.get("/api/runs", ({ query }) => listRuns(store, readInput(runsQuery, query, "query")));

  app.get("/alertschedules", () =>
    Object.fromEntries(scheduler.states.map((state) => [state.alert.name, legacySchedule(state)])),
  );
};
