import { add, roundDown } from "../dates/date-math.ts";
import { localToUtc, type Zone } from "../dates/zone.ts";

/** Intervals of time: the start of the one that holds an instant, and of the next. All in milliseconds. */
export interface Rounding {
  floor(ms: number): number;
  next(start: number): number;
}

const CALENDAR_UNITS = new Map<string, string>([
  ["second", "s"],
  ["1s", "s"],
  ["minute", "m"],
  ["1m", "m"],
  ["hour", "h"],
  ["1h", "h"],
  ["day", "d"],
  ["1d", "d"],
  ["week", "w"],
  ["1w", "w"],
  ["month", "M"],
  ["1M", "M"],
  ["quarter", "q"],
  ["1q", "q"],
  ["year", "y"],
  ["1y", "y"],
]);

/** `day`, `1M`, ...: lengths vary with the calendar and the zone. @returns undefined when the interval is unknown. */
export const calendarRounding = (interval: string, zone: Zone, offsetMs: number): Rounding | undefined => {
  const unit = CALENDAR_UNITS.get(interval);
  if (unit === undefined) return undefined;
  return {
    floor: (ms) => roundDown(ms - offsetMs, unit, zone) + offsetMs,
    next: (start) => add(start - offsetMs, 1, unit, zone) + offsetMs,
  };
};

/** Always the same length, counted on local clocks of the zone from 1970. */
export const fixedRounding = (lengthMs: number, zone: Zone, offsetMs: number): Rounding => {
  const floor = (ms: number): number => {
    const shifted = ms - offsetMs;
    const local = shifted + zone.offsetAt(shifted);
    return localToUtc(zone, Math.floor(local / lengthMs) * lengthMs) + offsetMs;
  };
  return { floor, next: (start) => floor(start + lengthMs) };
};
