import { addToLocal, floorOfLocal } from "../dates/local-time.ts";
import { instantsOf, transitionBetween, type Zone } from "../dates/zone.ts";

/**
 * Intervals of time: the start of the one that holds an instant, and of the next. All in milliseconds.
 *
 * Where clocks are changed, both follow what Elasticsearch does, which is not always one interval after the other.
 */
export interface Rounding {
  floor(ms: number): number;
  next(start: number): number;
  /** The start of the interval that the end of an axis lies in, without the offset of all intervals. */
  floorOfBound(ms: number): number;
  readonly offsetMs: number;
  /** Until when all instants are surely in the interval that has this start. */
  until(start: number): number;
}

type Plain = Pick<Rounding, "floor" | "next">;

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

const SHORT_UNITS = new Map<string, number>([
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** `day`, `1M`, ...: lengths vary with the calendar and the zone. @returns undefined when the interval is unknown. */
export const calendarRounding = (interval: string, zone: Zone, offsetMs: number): Rounding | undefined => {
  const unit = CALENDAR_UNITS.get(interval);
  if (unit === undefined) return undefined;
  const length = SHORT_UNITS.get(unit);
  return shifted(
    length === undefined ? midnightRounding(unit, zone) : clockRounding(unit, length, zone),
    zone,
    offsetMs,
  );
};

const shifted = (plain: Plain, zone: Zone, offsetMs: number): Rounding => ({
  floor: (ms) => plain.floor(ms - offsetMs) + offsetMs,
  next: (start) => plain.next(start - offsetMs) + offsetMs,
  floorOfBound: (ms) => plain.floor(ms),
  offsetMs,
  until: (start) => {
    const next = plain.next(start - offsetMs);
    // Where clocks are put back, an interval may go on after the one that follows it.
    return zone.offsetAt(start - offsetMs) === zone.offsetAt(next) ? next + offsetMs : start;
  },
});

/** Days and longer: from the first instant of a day on. */
const midnightRounding = (unit: string, zone: Zone): Plain => {
  const startOf = (localMidnight: number): number => {
    const { instants, transition } = instantsOf(zone, localMidnight);
    return instants[0] ?? transition?.utcMs ?? localMidnight;
  };
  const floorOf = (ms: number): number => floorOfLocal(ms + zone.offsetAt(ms), unit);
  return {
    floor: (ms) => startOf(floorOf(ms)),
    next: (start) => startOf(addToLocal(floorOf(start), 1, unit)),
  };
};

/** Hours, minutes, seconds: an hour that happens twice is two. */
const clockRounding = (unit: string, length: number, zone: Zone): Plain => {
  const floor = (ms: number): number => {
    const local = floorOfLocal(ms + zone.offsetAt(ms), unit);
    const start = instantsOf(zone, local).instants.findLast((instant) => instant <= ms);
    // A unit of local time that was cut by a change of clocks began before that.
    const change = transitionBetween(zone, start ?? ms - length, ms);
    if (change && (start === undefined || change.utcMs < ms)) return floor(change.utcMs - 1);
    return start ?? ms;
  };
  return { floor, next: (start) => nextOf(floor, start, length) };
};

/** Clocks are never put back by more. */
const OVERLAP_MS = 3 * 3_600_000;

/** Always the same length, counted on local clocks of the zone from 1970. */
export const fixedRounding = (lengthMs: number, zone: Zone, offsetMs: number): Rounding => {
  const floor = (ms: number): number => {
    const offset = zone.offsetAt(ms);
    const local = Math.floor((ms + offset) / lengthMs) * lengthMs;
    const start = startOfInterval(zone, local, ms, offset);
    // When clocks were put back since, what was begun before goes on.
    const change = transitionBetween(zone, Math.max(start, ms - OVERLAP_MS), ms);
    return change && change.after < change.before && change.utcMs > start ? floor(change.utcMs - 1) : start;
  };
  return shifted({ floor, next: (start) => nextOf(floor, start, lengthMs) }, zone, offsetMs);
};

/** Where clocks are put back, an interval may be longer than usual: a day of 25 hours. */
const nextOf = (floor: Plain["floor"], start: number, length: number): number => {
  const following = floor(start + length);
  return following > start ? following : Math.max(floor(start + 2 * length), start + 1);
};

/** The instant of a local time at or before another instant: the latest there is, or the change of clocks in whose gap it lies. */
const startOfInterval = (zone: Zone, local: number, ms: number, offset: number): number => {
  const own = local - offset;
  if (zone.offsetAt(own) === offset) return own;
  const { instants, transition } = instantsOf(zone, local);
  return instants.findLast((instant) => instant <= ms) ?? transition?.utcMs ?? own;
};
