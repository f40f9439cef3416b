import { listRuns, type Scheduler } from "@mozdef/alert-engine";
import type { AlertStore } from "@mozdef/alert-store";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import { readSchedule } from "./read-schedule.ts";
import { changeView, legacySchedule, scheduleView } from "./schedule-view.ts";

export interface ScheduleRoutesOptions {
  readonly store: AlertStore;
  readonly scheduler: Scheduler;
}

/** When alerts run, and what came of it. */
export const scheduleRoutes = (app: FastifyInstance, { store, scheduler }: ScheduleRoutesOptions): void => {
  serve(app, "listSchedules", () => ({ schedules: scheduler.states.map(scheduleView) }));

  serve(app, "changeSchedule", async ({ params: { name }, body: { enabled, schedule, release, by } }) => {
    const changed = schedule == null ? schedule : readSchedule(schedule);
    return scheduleView(
      await scheduler.change(name, { enabled, release, by, ...(changed !== undefined && { schedule: changed }) }),
    );
  });

  serve(app, "listScheduleChanges", async ({ params: { name } }) => ({
    changes: (await scheduler.changes(name)).map(changeView),
  }));

  serve(app, "runAlert", ({ params: { name } }) => scheduler.run(name));

  serve(app, "listRuns", ({ query }) => listRuns(store, query));

  serve(app, "listLegacySchedules", () =>
    Object.fromEntries(scheduler.states.map((state) => [state.alert.name, legacySchedule(state)])),
  );
};
