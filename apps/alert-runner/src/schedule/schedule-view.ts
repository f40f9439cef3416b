import { isoUtc } from "@mozdef/alert";
import { describeSchedule } from "@mozdef/alert/runtime";
import { type AlertRun, isEnabled, type ScheduledAlert, scheduleOf } from "@mozdef/alert-engine";

/** An alert and its schedule, as `GET /api/schedules` shows it. */
export interface ScheduleView {
  readonly name: string;
  /** The pack it came from. */
  readonly pack: string;
  readonly enabled: boolean;
  readonly scheduleType: "crontab" | "interval";
  /** As MozDef writes it: minute, hour, day of week, day of month, month; or `30.0 seconds`. */
  readonly schedule: string;
  /** Whether somebody has changed the schedule at run time. */
  readonly changed: boolean;
  readonly lastSlot: string;
  readonly nextSlot: string | null;
  readonly running: boolean;
  /** Since the service was started. */
  readonly runs: number;
  readonly lastRun: AlertRun | null;
  readonly modifiedat: string | null;
  readonly modifiedby: string | null;
}

export const scheduleView = (state: Readonly<ScheduledAlert>): ScheduleView => {
  const { alert, setting, lastSlot, nextDue, busy, runs, lastRun } = state;
  const schedule = scheduleOf(state);
  return {
    name: alert.name,
    pack: alert.source,
    enabled: isEnabled(state),
    scheduleType: schedule.kind,
    schedule: describeSchedule(schedule),
    changed: setting.schedule !== undefined,
    lastSlot: isoUtc(lastSlot),
    nextSlot: nextDue !== null && isEnabled(state) ? isoUtc(nextDue) : null,
    running: busy,
    runs,
    lastRun,
    modifiedat: setting.modifiedat ?? null,
    modifiedby: setting.modifiedby ?? null,
  };
};

/** An alert as MozDef's `GET /alertschedules` lists it. */
export const legacySchedule = (state: Readonly<ScheduledAlert>): Readonly<Record<string, unknown>> => {
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
