import { daysInMonth } from "./calendar.ts";
import { type DateFormat } from "./date-format.ts";
import { localToUtc, utc, type Zone } from "./zone.ts";

/** Where a date expression is read. */
export interface DateMathContext {
  /** What `now` means, in milliseconds since 1970. */
  readonly nowMs: number;
  readonly format: DateFormat;
  /** Missing parts and `/unit` go to the end of the unit instead of its start. */
  readonly roundUp: boolean;
  readonly zone?: Zone | undefined;
}

/** Why an expression could not be read, in Elasticsearch's words. */
export class DateMathError extends Error {
  readonly code = "parse_exception";
}

/**
 * Reads a date, `now-1h/d` or `2020-01-01||+1M/d`.
 *
 * @returns milliseconds since 1970.
 * @throws {DateMathError} when it is neither.
 */
export function parseDateMath(text: string, context: DateMathContext): number {
  if (text.startsWith("now")) return applyMath(text.slice(3), context.nowMs, context);
  const bar = text.indexOf("||");
  if (bar === -1) return anchor(text, context);
  const math = text.slice(bar + 2);
  return applyMath(math, anchor(text.slice(0, bar), { ...context, roundUp: false }), context);
}

function anchor(text: string, { format, roundUp, zone }: DateMathContext): number {
  if (text === "") throw new DateMathError("cannot parse empty datetime");
  const ms = format.parse(text, { roundUp, zone: zone ?? utc });
  if (ms === undefined) throw new DateMathError(`failed to parse date field [${text}] with format [${format.text}]`);
  return ms;
}

function applyMath(math: string, startMs: number, context: DateMathContext): number {
  const steps = [...math.matchAll(/([/+-])(\d{0,9})([yMwdhHms])/g)];
  if (steps.reduce((length, [step]) => length + step.length, 0) !== math.length) {
    throw new DateMathError(`operator not supported for date math [${math}]`);
  }
  let ms = startMs;
  for (const [, operator, count = "", unit = "d"] of steps) ms = applyStep(ms, operator, count, unit, math, context);
  return ms;
}

function applyStep(
  ms: number,
  operator: string | undefined,
  count: string,
  unit: string,
  math: string,
  context: DateMathContext,
): number {
  if (operator !== "/") return add(ms, Number(count || 1) * (operator === "-" ? -1 : 1), unit, context.zone ?? utc);
  if (Number(count || 1) !== 1)
    throw new DateMathError(`rounding \`/\` can only be used on single unit types [${math}]`);
  const floor = roundDown(ms, unit, context.zone ?? utc);
  return context.roundUp ? add(floor, 1, unit, context.zone ?? utc) - 1 : floor;
}

const fixedMs: Readonly<Record<string, number>> = { h: 3_600_000, H: 3_600_000, m: 60_000, s: 1000 };

/** Moves an instant by whole units; days and longer by the calendar of the zone, months clamped to their last day. */
export function add(ms: number, count: number, unit: string, zone: Zone): number {
  const fixed = fixedMs[unit];
  if (fixed !== undefined) return ms + count * fixed;
  const local = new Date(ms + zone.offsetAt(ms));
  if (unit === "d") local.setUTCDate(local.getUTCDate() + count);
  else if (unit === "w") local.setUTCDate(local.getUTCDate() + 7 * count);
  else addMonths(local, unit === "M" ? count : unit === "q" ? 3 * count : 12 * count);
  return localToUtc(zone, local.getTime());
}

function addMonths(local: Date, count: number): void {
  const day = local.getUTCDate();
  local.setUTCDate(1);
  local.setUTCMonth(local.getUTCMonth() + count);
  local.setUTCDate(Math.min(day, daysInMonth(local.getUTCFullYear(), local.getUTCMonth() + 1)));
}

/** Start of the unit that holds an instant. Weeks start on Monday. */
export function roundDown(ms: number, unit: string, zone: Zone): number {
  const local = new Date(ms + zone.offsetAt(ms));
  if (unit === "s") local.setUTCMilliseconds(0);
  else if (unit === "m") local.setUTCSeconds(0, 0);
  else if (unit === "h" || unit === "H") local.setUTCMinutes(0, 0, 0);
  else roundToDays(local, unit);
  return localToUtc(zone, local.getTime());
}

function roundToDays(local: Date, unit: string): void {
  local.setUTCHours(0, 0, 0, 0);
  if (unit === "w") local.setUTCDate(local.getUTCDate() - ((local.getUTCDay() + 6) % 7));
  else if (unit === "M") local.setUTCDate(1);
  else if (unit === "q") local.setUTCMonth(local.getUTCMonth() - (local.getUTCMonth() % 3), 1);
  else if (unit === "y") local.setUTCMonth(0, 1);
}
