import { type Clock, listRuns, type Scheduler, settingVersion } from "@mozdef/alert-engine";
import { describeSchedule } from "@mozdef/alert/runtime";
import type { AlertStore } from "@mozdef/alert-store";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import { readSchedule } from "./read-schedule.ts";
import { scheduleDetails, upcomingSlots } from "./schedule-details.ts";
import { changeView, legacySchedule, scheduleView } from "./schedule-view.ts";

export interface ScheduleRoutesOptions {
  readonly store: AlertStore;
  readonly scheduler: Scheduler;
  readonly clock: Clock;
}

/** When alerts run, and what came of it. */
export const scheduleRoutes = (app: FastifyInstance, { store, scheduler, clock }: ScheduleRoutesOptions): void => {
  serve(app, "listSchedules", () => ({ schedules: scheduler.states.map(scheduleView) }));

  serve(app, "getSchedule", ({ params: { name }, reply }) => {
    const state = scheduler.state(name);
    reply.version = settingVersion(state.setting);
    return scheduleDetails(state, clock.now());
  });

  serve(app, "previewSchedule", ({ body }) => {
    const schedule = readSchedule(body.schedule);
    return { schedule: describeSchedule(schedule), upcoming: upcomingSlots(schedule, clock.now()) };
  });

  serve(app, "changeSchedule", async ({ params: { name }, body: { schedule, ...change }, ifMatch, reply }) => {
    const changed = schedule == null ? schedule : readSchedule(schedule);
    const wanted = { ...change, ...(changed !== undefined && { schedule: changed }) };
    const state = await scheduler.change(name, wanted, ifMatch);
    reply.version = settingVersion(state.setting);
    return scheduleView(state);
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
