import { RangeMatch, type RangeClause } from "@mozdef/query";
import { z } from "zod";

const clockPart = (highest: number): z.ZodType<number> =>
  z.preprocess(
    (value) => (typeof value === "string" && /^\d{1,2}$/.test(value) ? Number(value) : value),
    z.int().min(0).max(highest),
  );

/** A time of day in which sessions are expected, UTC, both ends included. An end before the start lies on the next day. */
export const dailyWindow = z.strictObject({
  start_hour: clockPart(23),
  start_minute: clockPart(59),
  start_second: clockPart(59),
  end_hour: clockPart(23),
  end_minute: clockPart(59),
  end_second: clockPart(59),
});

type DailyWindow = z.output<typeof dailyWindow>;

const DAY_MS = 86_400_000;

/** The window as it lies on yesterday and on today: what a look-back of minutes can reach, also just after midnight. */
export const rangesOf = (window: DailyWindow, now: Date): readonly RangeClause[] => {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const start = msOfDay(window.start_hour, window.start_minute, window.start_second);
  const end = msOfDay(window.end_hour, window.end_minute, window.end_second);
  const length = end >= start ? end - start : end - start + DAY_MS;
  return [today - DAY_MS, today].map((day) =>
    RangeMatch("utctimestamp", new Date(day + start), new Date(day + start + length)),
  );
};

const msOfDay = (hour: number, minute: number, second: number): number => ((hour * 60 + minute) * 60 + second) * 1_000;
