import type { DateField } from "./date-fields.ts";

type Fields = ReadonlyMap<DateField, number>;

/** Hours as they are counted from midnight; undefined when there are none, NaN when several disagree. */
const hourOf = (fields: Fields): number | undefined => {
  const found = [fields.get("hour"), modulo(fields.get("clockHour"), 24), hourOfHalves(fields)];
  const hours = found.filter((hour) => hour !== undefined);
  return hours.every((hour) => hour === hours[0]) ? hours[0] : Number.NaN;
};

const modulo = (value: number | undefined, divisor: number): number | undefined =>
  value === undefined ? undefined : value % divisor;

const hourOfHalves = (fields: Fields): number | undefined => {
  const hour = fields.get("hourOfHalf") ?? modulo(fields.get("clockHourOfHalf"), 12);
  const half = fields.get("half");
  return hour === undefined || half === undefined ? undefined : half * 12 + hour;
};

const ofDay = (fields: Fields): number | undefined => {
  const nanos = fields.get("nanoOfDay");
  return nanos === undefined ? fields.get("msOfDay") : Math.floor(nanos / 1_000_000);
};

/**
 * Milliseconds since midnight. Minutes and seconds may be left out from the right.
 *
 * @returns undefined when there is no time of day, `impossible` when its parts contradict one another.
 */
export const resolveTime = (fields: Fields): number | "impossible" | undefined => {
  const hour = hourOf(fields);
  const whole = ofDay(fields);
  if (whole !== undefined) return matches(fields, hour, whole) ? whole : "impossible";
  if (hour === undefined) return undefined;
  if (Number.isNaN(hour)) return "impossible";
  const [minute, second, nano] = [fields.get("minute"), fields.get("second"), fields.get("nano")];
  if (minute === undefined && (second !== undefined || nano !== undefined)) return undefined;
  if (minute !== undefined && second === undefined && nano !== undefined) return undefined;
  const seconds = (hour % 24) * 3600 + (minute ?? 0) * 60 + (second ?? 0);
  return seconds * 1000 + Math.floor((nano ?? 0) / 1_000_000);
};

const matches = (fields: Fields, hour: number | undefined, msOfDay: number): boolean => {
  const pairs: readonly (readonly [number | undefined, number])[] = [
    [hour, Math.floor(msOfDay / 3_600_000)],
    [fields.get("minute"), Math.floor(msOfDay / 60_000) % 60],
    [fields.get("second"), Math.floor(msOfDay / 1000) % 60],
  ];
  return pairs.every(([given, own]) => given === undefined || given === own);
};
