import { CronExpressionParser } from "cron-parser";
import { isDayOf } from "./cron-days.ts";
import { cronValues, isEvery } from "./cron-field.ts";
import { CRON_KEYS, type CronKey } from "./cron-syntax.ts";
import type { CrontabSchedule } from "./schedule.ts";
import { instantsOf, offsetMs, UTC } from "./time-zone.ts";

/** Gives the first slot after an instant, both in milliseconds; null when there is none. */
export type NextSlot = (after: number) => number | null;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** 29 February comes on every weekday within this time, also over a year such as 2100, which has none. */
const HORIZON_MS = 41 * 366 * DAY_MS;

/**
 * The slots of a crontab. It is read once, however often it is asked, and alerts that have the same one share its answers.
 *
 * @throws {Error} when a field is wrong.
 */
export const cronSlots = (schedule: CrontabSchedule): NextSlot => {
  const { timezone = UTC } = schedule;
  const key = [...CRON_KEYS.map((field) => schedule[field]), timezone].join(" ");
  const known = engines.get(key);
  if (known !== undefined) return known;
  const fields = new Map(CRON_KEYS.map((field) => [field, cronValues(field, schedule[field])] as const));
  const values = (field: CronKey) => fields.get(field) ?? [];
  const shown = shownTimes(values);
  const slots = rememberLast(timezone === UTC ? shown : inZone(shown, timezone));
  if (engines.size >= MOST_KNOWN) engines.clear();
  engines.set(key, slots);
  return slots;
};

const engines = new Map<string, NextSlot>();
const MOST_KNOWN = 1_000;

/** Alerts with one schedule ask for the same slot one after the other. */
const rememberLast = (slots: NextSlot): NextSlot => {
  let last: { readonly after: number; readonly slot: number | null } | null = null;
  return (after) => {
    if (last?.after !== after) last = { after, slot: slots(after) };
    return last.slot;
  };
};

/** What clocks show at the slots, as if they showed UTC: the calendar alone. */
const shownTimes = (values: (key: CronKey) => ReturnType<typeof cronValues>): NextSlot => {
  const text = (key: CronKey) => (isEvery(key, values(key)) ? "*" : values(key).join(","));
  const [days, weekdays] = [text("dayOfMonth"), text("dayOfWeek")];
  const bothDays = days !== "*" && weekdays !== "*";
  // cron takes either day when both are given, celery wants both: go by the weekday and test the whole day.
  const expression = [text("minute"), text("hour"), bothDays ? "*" : days, text("monthOfYear"), weekdays].join(" ");
  const slots = CronExpressionParser.parse(expression, { tz: UTC, currentDate: new Date(0) });
  const calendar = {
    dayOfMonth: new Set(values("dayOfMonth")),
    dayOfWeek: new Set(values("dayOfWeek")),
    monthOfYear: new Set(values("monthOfYear")),
  };
  let at = 0;
  const next = (after: number): number => {
    if (after !== at) slots.reset(new Date(after));
    return (at = slots.next().getTime());
  };
  return (after) => {
    try {
      let slot = next(after);
      while (bothDays && !isDayOf(calendar, new Date(slot))) {
        if (slot > after + HORIZON_MS) return null;
        slot = next(endOfDay(slot));
      }
      return slot;
    } catch {
      // The parser has no other way to say that it found none.
      at = NaN;
      return null;
    }
  };
};

const endOfDay = (time: number): number => (Math.floor(time / DAY_MS) + 1) * DAY_MS - 1;

/**
 * Slots by the clocks of a zone. A time that is skipped when clocks are set ahead counts at the end of what is skipped. One that is
 * shown twice counts once, the first time, unless the schedule runs at least hourly then: it would leave out an hour.
 */
const inZone = (shown: NextSlot, zone: string): NextSlot => {
  return (after) => {
    const offsets = [after - 3 * HOUR_MS, after, after + 3 * HOUR_MS].map((instant) => offsetMs(zone, instant));
    const [low, high] = [Math.min(...offsets), Math.max(...offsets)];
    let first = Infinity;
    for (let time = shown(after + low); time !== null && time - high < first; time = shown(time)) {
      const [one = Infinity, again = one] = instantsOf(zone, time);
      const instants = again === one || !isFrequent(shown, time) ? [one] : [one, again];
      first = Math.min(first, ...instants.filter((instant) => instant > after));
      if (low === high && first < Infinity) break;
    }
    return first < Infinity ? first : null;
  };
};

/** Whether there is another slot within the hour before a slot, or the hour after it. */
const isFrequent = (shown: NextSlot, slot: number): boolean =>
  shown(slot - HOUR_MS - 1) !== slot || (shown(slot) ?? Infinity) <= slot + HOUR_MS;
