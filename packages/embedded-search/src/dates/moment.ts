import { dateOfDays, daysSinceEpoch, splitDays } from "./calendar.ts";
import type { Zone } from "./zone.ts";

/** An instant as the clocks of a zone show it, for printing. */
export interface Moment {
  readonly utcMs: number;
  /** Nanoseconds after it. */
  readonly rest: number;
  readonly zone: Zone;
  readonly offsetMs: number;
  /** Days since 1970-01-01 on the calendar of the zone. */
  readonly days: number;
  readonly msOfDay: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export const momentOf = (utcMs: number, zone: Zone, rest = 0): Moment => {
  const offsetMs = zone.offsetAt(utcMs);
  const { days, msOfDay } = splitDays(utcMs + offsetMs);
  return { utcMs, rest, zone, offsetMs, days, msOfDay, ...dateOfDays(days) };
};

/** 1 to 366. */
export const dayOfYear = ({ days, year }: Moment): number => days - daysSinceEpoch(year, 1, 1) + 1;
