import { isoUtc, type Schedule } from "@mozdef/alert";
import type { ScheduleDetails } from "@mozdef/alert-api";
import { type ScheduledAlert, scheduleOf } from "@mozdef/alert-engine";
import { nextSlot } from "@mozdef/alert/runtime";
import { scheduleView } from "./schedule-view.ts";

/** One alert, as `GET /api/schedules/{name}` shows it. */
export const scheduleDetails = (state: Readonly<ScheduledAlert>, now: Date): ScheduleDetails => {
  const { alert, setting } = state;
  const origin = (key: "schedule" | "enabled") =>
    setting[key] !== undefined ? "people" : alert.configured[key] ? "configuration" : "pack";
  return {
    schedule: scheduleView(state),
    fields: fieldsOf(scheduleOf(state)),
    upcoming: upcomingSlots(scheduleOf(state), now),
    origins: { schedule: origin("schedule"), enabled: origin("enabled") },
    config: alert.config.map(({ key, value, origin: from }) => ({
      key,
      value: SECRET.test(key) ? null : textOf(value),
      origin: from,
    })),
  };
};

const fieldsOf = (schedule: Schedule): ScheduleDetails["fields"] => {
  if (schedule.kind === "interval") return { interval: { seconds: schedule.everyMs / 1_000 } };
  const { minute, hour, dayOfWeek, dayOfMonth, monthOfYear, timezone = "UTC" } = schedule;
  return { crontab: { minute, hour, dayOfWeek, dayOfMonth, monthOfYear, timezone } };
};

const MOST_SLOTS = 5;

/** The next slots after a time, oldest first. */
export const upcomingSlots = (schedule: Schedule, after: Date): readonly string[] => {
  const slots: Date[] = [];
  for (
    let slot = nextSlot(schedule, after);
    slot !== null && slots.length < MOST_SLOTS;
    slot = nextSlot(schedule, slot)
  )
    slots.push(slot);
  return slots.map(isoUtc);
};

/** Alerts may ask other services, and are configured with what those want to hear. */
const SECRET = /pass(word|phrase)?|secret|token|credential|api_?key|private_?key/i;

const LONGEST_VALUE = 2_000;

/** @returns JSON; a text for what JSON does not know. */
const textOf = (value: unknown): string => {
  const text = (JSON.stringify(value) as string | undefined) ?? String(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
};
