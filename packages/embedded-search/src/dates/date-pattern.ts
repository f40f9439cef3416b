import type { DateElement, Reading } from "./date-element.ts";
import type { DateField } from "./date-fields.ts";
import { momentOf } from "./moment.ts";
import { resolveDate, type ResolverStyle } from "./resolve-date.ts";
import { localToUtc, type Zone } from "./zone.ts";

/** One format of a date. */
export interface DatePattern {
  /** @returns milliseconds since 1970, or undefined when the text is another. */
  parse(text: string, roundUp: boolean, zone: Zone): number | undefined;
  /** Nanoseconds after the millisecond of a text that {@link DatePattern.parse} reads. */
  rest(text: string, roundUp: boolean): number;
  /** @param rest - Nanoseconds after the millisecond. Default 0. */
  print(utcMs: number, zone: Zone, rest?: number): string;
}

/** A format that tries several ways to read a date, one after the other, and has one to print it. */
export const patternOf = (
  printer: DateElement,
  readers: readonly DateElement[],
  style: ResolverStyle = "strict",
): DatePattern => ({
  print: (utcMs, zone, rest) => printer.print(momentOf(utcMs, zone, rest)),
  parse: (text, roundUp, zone) => {
    for (const reader of readers) {
      const ms = readDate(reader, text, style, roundUp, zone);
      if (ms !== undefined) return ms;
    }
    return undefined;
  },
  rest: (text, roundUp) => {
    for (const reader of readers) {
      const fields = readFields(reader, text, roundUp)?.fields;
      if (fields && resolveDate(fields, roundUp ? "smart" : style) !== undefined)
        return (fields.get("nanoOfDay") ?? fields.get("nano") ?? 0) % 1_000_000;
    }
    return 0;
  },
});

const readFields = (element: DateElement, text: string, roundUp: boolean): Reading | undefined => {
  const reading: Reading = { text, roundUp, fields: new Map(), zone: undefined };
  if (element.parse(reading, 0) !== text.length) return undefined;
  if (roundUp) addDefaults(reading.fields, element.fields ?? []);
  return reading;
};

const readDate = (
  element: DateElement,
  text: string,
  style: ResolverStyle,
  roundUp: boolean,
  zone: Zone,
): number | undefined => {
  const reading = readFields(element, text, roundUp);
  if (reading === undefined) return undefined;
  // Elasticsearch rounds up with a parser that Java makes less strict.
  const local = resolveDate(reading.fields, roundUp ? "smart" : style);
  if (local === undefined) return undefined;
  return reading.zone ? localToUtc(reading.zone, local) : localToUtc(zone, local, 0);
};

/** The greatest time of day, on the first day of the month: what is not given. */
const addDefaults = (found: Map<DateField, number>, readable: readonly DateField[]): void => {
  const has = (field: DateField): boolean => readable.includes(field);
  const add = (field: DateField, value: number): void => {
    if (!found.has(field)) found.set(field, value);
  };
  if (has("dayOfYear")) add("dayOfYear", 1);
  else {
    add("month", 1);
    add("day", 1);
  }
  addHour(add, has);
  add("minute", 59);
  add("second", 59);
  add("nano", 999_999_999);
};

const addHour = (add: (field: DateField, value: number) => void, has: (field: DateField) => boolean): void => {
  if (!has("clockHourOfHalf") && !has("hourOfHalf")) add("hour", 23);
  else {
    add(has("clockHourOfHalf") ? "clockHourOfHalf" : "hourOfHalf", 11);
    add("half", 1);
  }
};
