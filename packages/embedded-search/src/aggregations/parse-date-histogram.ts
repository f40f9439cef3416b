import { parseDuration } from "../dates/duration.ts";
import { hoursProblem, type ZoneProblem, zoneProblem } from "../dates/zone-problem.ts";
import { fixedZone, parseZone, utc, type Zone } from "../dates/zone.ts";
import { ApiError, illegalArgument } from "../errors/api-error.ts";
import { isObject, isScalar, type Json, type JsonObject, numberOf, showJson } from "../json/json.ts";
import { BodyReader, BY_PARSER } from "../recipe/read-body.ts";
import type { DateHistogramOptions, GivenBounds } from "./date-histogram.ts";
import { needField, needMissing, parseMinDocCount, parseOrder, wrongType } from "./parse-ranking.ts";
import { calendarRounding, fixedRounding, type Rounding } from "./rounding.ts";
import type { GroupOrder } from "./ranking.ts";

export const parseDateHistogram = (name: string, body: JsonObject): DateHistogramOptions => {
  const reader = new BodyReader("date_histogram", body, BY_PARSER);
  reader.refuse("script");
  const field = needField(reader.text("field"));
  const { rounding, zone, format } = readInterval(reader);
  const options: DateHistogramOptions = {
    name,
    field,
    rounding,
    zone,
    hasZone: Object.hasOwn(body, "time_zone"),
    format,
    minDocCount: parseMinDocCount("date_histogram", name, body, reader),
    hardBounds: parseBounds("hard_bounds", body, reader),
    extendedBounds: parseBounds("extended_bounds", body, reader),
    order: parseOrder("date_histogram", body, reader, BY_KEY),
    keyed: reader.flag("keyed", false),
    missing: needMissing("date_histogram", name, body, reader),
  };
  reader.endStrict();
  return options;
};

/** Interval, zone, offset and format, which composite sources have too. */
export const readInterval = (
  reader: BodyReader,
): {
  rounding: Rounding | undefined;
  zone: Zone;
  format: string | undefined;
} => {
  const zone = readZone(reader);
  const format = reader.text("format");
  const offsetMs = readOffset(reader.leaf("offset"));
  const calendar = reader.text("calendar_interval");
  const fixed = reader.text("fixed_interval");
  if (calendar !== undefined && fixed !== undefined)
    throw illegalArgument("Cannot use [fixed_interval] with [calendar_interval] configuration option.");
  if (calendar !== undefined)
    return { rounding: reader.within("calendar_interval", () => calendarOf(calendar, zone, offsetMs)), zone, format };
  if (fixed !== undefined)
    return { rounding: reader.within("fixed_interval", () => fixedOf(fixed, zone, offsetMs)), zone, format };
  return { rounding: undefined, zone, format };
};

const calendarOf = (interval: string, zone: Zone, offsetMs: number): Rounding => {
  const rounding = calendarRounding(interval, zone, offsetMs);
  if (rounding) return rounding;
  throw illegalArgument(`The supplied interval [${interval}] could not be parsed as a calendar interval.`);
};

const fixedOf = (interval: string, zone: Zone, offsetMs: number): Rounding => {
  const lengthMs = parseDuration(interval);
  if (lengthMs === undefined)
    throw illegalArgument(
      `failed to parse setting [date_histogram.fixedInterval] with value [${interval}] as a time value: unit is missing or unrecognized`,
    );
  if (lengthMs <= 0) throw illegalArgument(`Zero or negative time interval not supported`);
  return fixedRounding(lengthMs, zone, offsetMs);
};

/** A number is one of hours. */
const readZone = (reader: BodyReader): Zone => {
  const value = reader.take("time_zone");
  if (value === undefined) return utc;
  const hours = numberOf(value);
  if (typeof value === "string") return reader.within("time_zone", () => zoneOf(parseZone(value), zoneProblem(value)));
  if (hours === undefined) throw reader.wrongType("time_zone", value);
  const whole = Math.trunc(hours);
  return reader.within("time_zone", () => zoneOf(fixedZone(whole * 3600), hoursProblem(whole)));
};

const zoneOf = (zone: Zone | undefined, problem: ZoneProblem | undefined): Zone => {
  if (zone && problem === undefined) return zone;
  throw new ApiError(400, problem ?? { type: "date_time_exception", reason: null });
};

const readOffset = (value: Json | undefined): number => {
  if (value === undefined) return 0;
  const offsetMs = typeof value === "number" ? value : parseDuration(showJson(value));
  if (offsetMs !== undefined) return offsetMs;
  throw illegalArgument(
    `failed to parse setting [date_histogram.offset] with value [${showJson(value)}] as a time value`,
  );
};

const BY_KEY: readonly GroupOrder[] = [{ path: "_key", descending: false }];

const parseBounds = (key: string, body: JsonObject, reader: BodyReader): GivenBounds | undefined => {
  const json = reader.take(key);
  if (json === undefined) return undefined;
  if (!isObject(json)) throw wrongType("date_histogram", body, key);
  return reader.within(key, () => {
    const bounds = new BodyReader("bounds", json);
    const [min, max] = [readBound("min", json, bounds), readBound("max", json, bounds)];
    bounds.endStrict();
    return { min, max };
  });
};

const readBound = (key: "min" | "max", json: JsonObject, bounds: BodyReader): Json | undefined => {
  const value = bounds.take(key);
  if (value == null) return undefined;
  if (typeof value === "boolean" || !isScalar(value)) throw wrongType("bounds", json, key);
  return bounds.within(key, () => {
    const number = numberOf(value);
    if (number === undefined || Number.isInteger(number)) return value;
    throw illegalArgument(`${showJson(value)} cannot be converted to Long without data loss`);
  });
};
