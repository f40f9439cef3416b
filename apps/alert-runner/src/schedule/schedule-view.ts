import { isoUtc } from "@mozdef/alert";
import { type AlertException, describeSchedule } from "@mozdef/alert/runtime";
import { isEnabled, type ScheduleChanged, type ScheduledAlert, scheduleOf } from "@mozdef/alert-engine";
import type { LegacySchedule, Schedule } from "@mozdef/alert-api";
import { describeClause } from "@mozdef/query/tools";

/** An alert and its schedule, as `GET /api/schedules` shows it. */
export const scheduleView = (state: Readonly<ScheduledAlert>): Schedule => {
  const { alert, setting, lastSlot, nextDue, busy, runs, lastRun } = state;
  const schedule = scheduleOf(state);
  return {
    name: alert.name,
    pack: alert.source,
    source: alert.eventSource,
    enabled: isEnabled(state),
    replacedBy: alert.replacedBy,
    exceptions: alert.exceptions.map(exceptionView),
    scheduleType: schedule.kind,
    schedule: describeSchedule(schedule),
    timezone: schedule.kind === "crontab" ? (schedule.timezone ?? "UTC") : null,
    changed: setting.schedule !== undefined,
    lastSlot: isoUtc(lastSlot),
    nextSlot: nextDue !== null && isEnabled(state) ? isoUtc(nextDue) : null,
    running: busy,
    runs,
    lastRun,
    about: alert.about,
    modifiedat: setting.modifiedat ?? null,
    modifiedby: setting.modifiedby ?? null,
  };
};

const exceptionView = (exception: AlertException): Schedule["exceptions"][number] => ({
  match: exception.clauses.map(describeClause),
  reason: exception.reason,
  until: exception.until === null ? null : isoUtc(new Date(exception.until)),
});

/** A change of a schedule, as it is shown. */
export const changeView = ({ at, by, enabled, schedule, release, reason }: ScheduleChanged) => ({
  at,
  by,
  ...(enabled !== undefined && { enabled }),
  ...(release === true && { release }),
  ...(schedule !== undefined && { schedule: schedule === null ? null : describeSchedule(schedule) }),
  ...(reason !== undefined && { reason }),
});

/** An alert as MozDef's `GET /alertschedules` lists it. */
export const legacySchedule = (state: Readonly<ScheduledAlert>): LegacySchedule => {
  const view = scheduleView(state);
  return {
    _cls: "PeriodicTask",
    name: view.name,
    task: view.name,
    enabled: view.enabled,
    args: [],
    kwargs: {},
    schedule_type: view.scheduleType,
    schedule_str: view.schedule,
    celery_schedule: scheduleOf(state),
    last_run_at: view.lastRun?.slot ?? null,
    run_immediately: false,
    total_run_count: view.runs,
    modifiedat: view.modifiedat,
    modifiedby: view.modifiedby,
  };
};
