import { isoUtc } from "@mozdef/alert";
import type { Duration } from "@mozdef/query";
import { durationMs } from "@mozdef/query/tools";
import { isPlainObject } from "./merge.ts";

/** What the clock says while a case runs. */
export interface Clock {
  /** The suite's `now`: 0s of every time line. */
  readonly start: Date;
  /** The time of the run the event is saved for. */
  readonly now: Date;
}

/** Marks a moment, across copies of this package: a tool and a test file may each bring their own. */
const MOMENT = Symbol.for("@mozdef/alert-testing/moment");

/** A time that becomes a time stamp when the event is saved, so that the same case can run at any clock. */
export class Moment {
  readonly [MOMENT] = true;
  readonly from: keyof Clock;
  readonly offsetMs: number;

  constructor(from: keyof Clock, offsetMs: number) {
    this.from = from;
    this.offsetMs = offsetMs;
    Object.freeze(this);
  }

  /** ISO 8601 in UTC, as MozDef writes times. */
  at(clock: Clock): string {
    return isoUtc(new Date(clock[this.from].getTime() + this.offsetMs));
  }
}

export const isMoment = (value: unknown): value is Moment =>
  typeof value === "object" && value !== null && MOMENT in value;

/**
 * A time before the run: `utctimestamp: ago({ minutes: 3 })`.
 *
 * @throws {QueryError} `QUERY_WINDOW_INVALID` for units that do not exist.
 */
export const ago = (duration: Duration): Moment => new Moment("now", -durationMs(duration));

/** A copy in which every moment has become a time stamp. */
export const resolveMoments = (value: unknown, clock: Clock): unknown => {
  if (isMoment(value)) return value.at(clock);
  if (Array.isArray(value)) return value.map((item) => resolveMoments(item, clock));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolveMoments(inner, clock)]));
};
