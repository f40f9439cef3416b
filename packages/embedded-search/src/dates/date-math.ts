import { ValueError } from "../errors/value-error.ts";
import type { DateFormat } from "./date-format.ts";
import type { ExactDate } from "./nanos.ts";
import { addToLocal, floorOfLocal } from "./local-time.ts";
import { localToUtc, utc, type Zone } from "./zone.ts";

/** The context of a date expression. */
export interface DateMathContext {
  /** What `now` means, in milliseconds since 1970. */
  readonly nowMs: number;
  readonly format: DateFormat;
  /** Missing parts and `/unit` round to the end of the unit instead of its start. */
  readonly roundUp: boolean;
  readonly zone?: Zone | undefined;
}

/** Why an expression could not be read, in Elasticsearch's words. */
export class DateMathError extends Error {
  readonly code: string = "parse_exception";
}

/** The date of an expression is valid, but not the operations on it. */
export class MathError extends DateMathError {}

/**
 * Reads a date, `now-1h/d` or `2020-01-01||+1M/d`.
 *
 * @returns milliseconds since 1970.
 * @throws {DateMathError} when it is neither.
 */
export const parseDateMath = (text: string, context: DateMathContext): number => {
  if (text.startsWith("now")) return applyMath(text.slice(3), context.nowMs, context);
  const bar = text.indexOf("||");
  if (bar === -1) return anchor(text, context);
  const math = text.slice(bar + 2);
  return applyMath(math, anchor(text.slice(0, bar), { ...context, roundUp: false }), context);
};

/** As {@link parseDateMath}, to the nanosecond. */
export const parseExactDateMath = (text: string, context: DateMathContext): ExactDate => {
  const bar = text.indexOf("||");
  if (!text.startsWith("now") && bar === -1) return exactAnchor(text, context);
  const math = text.startsWith("now") ? text.slice(3) : text.slice(bar + 2);
  const start = text.startsWith("now")
    ? { ms: context.nowMs, rest: 0 }
    : exactAnchor(text.slice(0, bar), { ...context, roundUp: false });
  const ms = applyMath(math, start.ms, context);
  // Rounded up, a unit ends with its last millisecond, and not with the nanoseconds after that.
  return { ms, rest: math.includes("/") ? 0 : start.rest };
};

const exactAnchor = (text: string, { format, roundUp, zone }: DateMathContext): ExactDate => {
  if (text === "") throw new DateMathError(EMPTY);
  const date = format.parseExact(text, { roundUp, zone: zone ?? utc });
  if (date === undefined) throw unreadable(text, format);
  return date;
};

const unreadable = (text: string, format: DateFormat): DateMathError =>
  new DateMathError(`failed to parse date field [${text}] with format [${format.text}]`);

/** The message for an empty expression. */
export const EMPTY = "cannot parse empty datetime";

const anchor = (text: string, { format, roundUp, zone }: DateMathContext): number => {
  if (text === "") throw new DateMathError(EMPTY);
  const ms = format.parse(text, { roundUp, zone: zone ?? utc });
  if (ms === undefined) throw unreadable(text, format);
  return ms;
};

const applyMath = (math: string, startMs: number, context: DateMathContext): number => {
  let ms = startMs;
  for (let at = 0; at < math.length;) {
    const { length, ...step } = readStep(math, at);
    ms = applyStep(ms, step, context);
    at += length;
  }
  return ms;
};

interface Step {
  readonly operator: string;
  readonly count: number;
  readonly unit: string;
}

/** One operator with its number and unit, and its length in the text. */
const readStep = (math: string, at: number): Step & { readonly length: number } => {
  const operator = math.charAt(at);
  if (!"/+-".includes(operator)) throw new MathError(`operator not supported for date math [${math}]`);
  const [digits = ""] = /^\d*/.exec(math.slice(at + 1)) ?? [];
  const unit = math.charAt(at + 1 + digits.length);
  if (unit === "") throw new MathError(`truncated date math [${math}]`);
  const count = digits === "" ? 1 : Number(digits);
  if (count > MAX_COUNT) throw new ValueError(`For input string: "${digits}"`, "number_format_exception");
  if (operator === "/" && count !== 1)
    throw new MathError(`rounding \`/\` can only be used on single unit types [${math}]`);
  if (!"yMwdhHms".includes(unit)) throw new MathError(`unit [${unit}] not supported for date math [${math}]`);
  return { operator, count, unit, length: 2 + digits.length };
};

/** The greatest number that Java's `int` holds. */
const MAX_COUNT = 2 ** 31 - 1;

const applyStep = (ms: number, { operator, count, unit }: Step, { zone = utc, roundUp }: DateMathContext): number => {
  if (operator !== "/") return within(add(ms, operator === "-" ? -count : count, unit, zone));
  const floor = roundDown(ms, unit, zone);
  return within(roundUp ? add(floor, 1, unit, zone) - 1 : floor);
};

/** Further away than Java can count. */
const within = (ms: number): number => {
  if (Math.abs(ms) < 2 ** 63) return ms;
  throw new MathError("the result of date math is too far from 1970");
};

const FIXED_MS: Readonly<Record<string, number>> = { h: 3_600_000, H: 3_600_000, m: 60_000, s: 1000 };

/** Moves an instant by whole units; days and longer by the calendar of the zone, months clamped to their last day. */
const add = (ms: number, count: number, unit: string, zone: Zone): number => {
  const fixed = FIXED_MS[unit];
  if (fixed !== undefined) return ms + count * fixed;
  const offset = zone.offsetAt(ms);
  return localToUtc(zone, addToLocal(ms + offset, count, unit), offset);
};

/** Start of the unit that holds an instant. Where a local time happens twice, it is the one with the same offset. */
const roundDown = (ms: number, unit: string, zone: Zone): number => {
  const offset = zone.offsetAt(ms);
  return localToUtc(zone, floorOfLocal(ms + offset, unit), offset);
};
