import { EMPTY, DateMathError, MathError, parseDateMath } from "../dates/date-math.ts";
import type { DateFormat } from "../dates/date-format.ts";
import type { Zone } from "../dates/zone.ts";
import { ApiError } from "../errors/api-error.ts";
import { type Json, numberOf, showJson } from "../json/json.ts";

/** How an aggregation reads a date that a request gives. */
export interface DateReading {
  readonly format: DateFormat;
  /** undefined = `now` cannot be asked for here. */
  readonly nowMs: number | undefined;
  readonly zone?: Zone | undefined;
}

/**
 * Reads a date of an aggregation, which may use date math.
 *
 * @throws {ApiError} 400 when it is none.
 */
export const readDateText = (text: string, { format, nowMs, zone }: DateReading): number => {
  if (nowMs === undefined && text.startsWith("now"))
    throw new ApiError(400, { type: "parse_exception", reason: "could not read the current timestamp" });
  try {
    return parseDateMath(text, { nowMs: nowMs ?? 0, format, zone, roundUp: false });
  } catch (error) {
    if (!(error instanceof DateMathError)) throw error;
    const { message } = error;
    if (error instanceof MathError || message === EMPTY)
      throw new ApiError(400, { type: "parse_exception", reason: message });
    throw new ApiError(400, {
      type: "parse_exception",
      reason: `${message}: [${message}]`,
      causedBy: {
        type: "illegal_argument_exception",
        reason: message,
        causedBy: { type: "date_time_parse_exception", reason: "Failed to parse with all enclosed parsers" },
      },
    });
  }
};

/** As {@link readDateText}; a number is milliseconds, whatever the format. */
export const readDate = (value: Json, reading: DateReading): number =>
  numberOf(value) ?? readDateText(showJson(value), reading);
