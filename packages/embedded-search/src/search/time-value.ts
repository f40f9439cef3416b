import { type ApiError, illegalArgument } from "../errors/api-error.ts";
import { parseJavaDouble } from "../values/java-number.ts";

const SUFFIXES = ["nanos", "micros", "ms", "s", "m", "h", "d"] as const;

/**
 * Checks a length of time as Elasticsearch reads one: `500ms`, `2h`; `-1` and `0` need no unit.
 *
 * @param name - Of the option, for messages.
 * @throws {ApiError} 400
 */
export const checkTimeValue = (name: string, text: string): void => {
  const normalized = text.toLowerCase().trim();
  if (normalized === "0" || normalized === "-1" || normalized === "0ms") return;
  const suffix = SUFFIXES.find((unit) => normalized.endsWith(unit));
  if (suffix === undefined) throw invalid(name, text, "unit is missing or unrecognized");
  const number = normalized.slice(0, -suffix.length).trim();
  if (!/^[+-]?\d{1,18}$/.test(number)) throw unreadable(text, number);
  if (Number(number) < -1) throw invalid(name, text, "negative durations are not supported");
};

const invalid = (name: string, text: string, why: string): ApiError =>
  illegalArgument(`failed to parse setting [${name}] with value [${text}] as a time value: ${why}`);

const unreadable = (text: string, number: string): ApiError => {
  const isFraction = parseJavaDouble(number) !== undefined;
  return illegalArgument(`failed to parse [${text}]${isFraction ? ", fractional time values are not supported" : ""}`, {
    type: "number_format_exception",
    reason: `For input string: "${number}"`,
  });
};
