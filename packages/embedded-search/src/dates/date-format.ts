import { ApiError, illegalArgument } from "../errors/api-error.ts";
import { type DatePattern, patternOf } from "./date-pattern.ts";
import { epochPattern } from "./epoch.ts";
import { NAMED_FORMATS } from "./named-formats.ts";
import type { ExactDate } from "./nanos.ts";
import { UnprintableError } from "./number-element.ts";
import { PatternError } from "./pattern-error.ts";
import { parsePattern } from "./pattern.ts";
import { type Zone, utc } from "./zone.ts";

/** One or more formats joined by `||`: the first that matches reads a date, the first of the list prints it. */
export interface DateFormat {
  /** As given. */
  readonly text: string;
  /** Milliseconds since 1970, or undefined when no format matches. */
  parse(text: string, options?: { readonly roundUp?: boolean; readonly zone?: Zone }): number | undefined;
  /** As {@link DateFormat.parse}, to the nanosecond. */
  parseExact(text: string, options?: { readonly roundUp?: boolean; readonly zone?: Zone }): ExactDate | undefined;
  /** @param rest - Nanoseconds after the millisecond. Default 0. @throws {ApiError} 400 when the format has no place for all digits of the year. */
  print(utcMs: number, zone?: Zone, rest?: number): string;
}

/**
 * Compiles a date format of the mapping or of a request.
 *
 * @throws {ApiError} 400 when it is neither a known name nor a valid pattern, 501 for patterns that are not supported.
 */
export const compileDateFormat = (text: string): DateFormat => {
  const compiled = piecesOf(text).map(compileOne);
  const [first = compileOne("strict_date_optional_time")] = compiled;
  const [recent, recentUp] = [new Map<string, number>(), new Map<string, number>()];
  return {
    text,
    print: (utcMs, zone = utc, rest = 0) => printed(first, text, { ms: utcMs, rest }, zone),
    parseExact: (value, options) => parseFirstExact(compiled, value, options?.roundUp ?? false, options?.zone ?? utc),
    parse: (value, options) => {
      const { roundUp = false, zone = utc } = options ?? {};
      return zone === utc
        ? parseRecent(compiled, value, roundUp, roundUp ? recentUp : recent)
        : parseFirst(compiled, value, roundUp, zone);
    },
  };
};

const piecesOf = (text: string): readonly string[] => {
  if (text.trim() === "") throw illegalArgument("No date pattern provided");
  const pieces = text.split("||");
  if (!pieces.includes("")) return pieces;
  throw illegalArgument(`Cannot have empty element in multi date format pattern: ${text}`);
};

const printed = (pattern: DatePattern, text: string, { ms, rest }: ExactDate, zone: Zone): string => {
  try {
    return pattern.print(inRange(ms), zone, rest);
  } catch (error) {
    if (!(error instanceof UnprintableError)) throw error;
    throw illegalArgument(`Failed formatting value [${ms}] as date with pattern [${text}]`);
  }
};

/** What Java's `long` holds of a sum of dates. */
const inRange = (ms: number): number => Math.max(-(2 ** 63), Math.min(2 ** 63 - 1024, Math.trunc(ms)));

/** As many as the fields of one document and of those that come with it may have. */
const MOST_RECENT = 16;

/** Documents that are written together have few times among them, and so have searches that are asked together. */
const parseRecent = (
  formats: readonly DatePattern[],
  value: string,
  roundUp: boolean,
  recent: Map<string, number>,
): number | undefined => {
  const known = recent.get(value);
  if (known !== undefined) return known;
  const ms = parseFirst(formats, value, roundUp, utc);
  if (ms === undefined) return undefined;
  if (recent.size >= MOST_RECENT) recent.clear();
  recent.set(value, ms);
  return ms;
};

const parseFirst = (
  formats: readonly DatePattern[],
  value: string,
  roundUp: boolean,
  zone: Zone,
): number | undefined => {
  for (const format of formats) {
    const ms = format.parse(value, roundUp, zone);
    if (ms !== undefined && Math.abs(ms) < 2 ** 63) return ms;
  }
  return undefined;
};

const parseFirstExact = (
  formats: readonly DatePattern[],
  value: string,
  roundUp: boolean,
  zone: Zone,
): ExactDate | undefined => {
  for (const format of formats) {
    const ms = format.parse(value, roundUp, zone);
    if (ms !== undefined && Math.abs(ms) < 2 ** 63) return { ms, rest: format.rest(value, roundUp) };
  }
  return undefined;
};

const EPOCHS: ReadonlyMap<string, DatePattern> = new Map([
  ["epoch_millis", epochPattern(1)],
  ["epoch_second", epochPattern(1000)],
]);

const compileOne = (given: string): DatePattern => {
  const name = given.trim();
  const known = EPOCHS.get(name) ?? NAMED_FORMATS.get(name);
  if (known) return known;
  try {
    const element = parsePattern(name.replace(/^8/, ""));
    return patternOf(element, [element]);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const cause = { type: "illegal_argument_exception", reason: error.message };
    throw illegalArgument(`Invalid format: [${name}]: ${error.message}`, cause);
  }
};

/** The format of date fields that name none. */
export const defaultDateFormat: DateFormat = compileDateFormat("strict_date_optional_time||epoch_millis");

/** The format of fields of dates to the nanosecond that name none. */
export const nanosDateFormat: DateFormat = compileDateFormat("strict_date_optional_time_nanos||epoch_millis");

/** Reads a format that may be wrong. @returns what is wrong with it instead of an exception. */
export const tryDateFormat = (text: string): DateFormat | ApiError => {
  try {
    return compileDateFormat(text);
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) return error;
    throw error;
  }
};
