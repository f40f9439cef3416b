import { type ApiError, illegalArgument } from "../errors/api-error.ts";
import { parseJavaDouble } from "../values/java-number.ts";

/** Units by their suffixes, in milliseconds. What ends with a longer one ends with a shorter one, too. */
const UNITS = [
  ["nanos", 1e-6],
  ["micros", 1e-3],
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
] as const;

/**
 * Reads a length of time as Elasticsearch does: `500ms`, `2h`; `-1` and `0` need no unit.
 *
 * @param name - Of the option, for messages.
 * @returns Milliseconds; negative for `-1`.
 * @throws {ApiError} 400
 */
export const parseTimeValue = (name: string, text: string): number => {
  const normalized = text.toLowerCase().trim();
  if (normalized === "0" || normalized === "-1" || normalized === "0ms") return Number.parseInt(normalized, 10);
  const unit = UNITS.find(([suffix]) => normalized.endsWith(suffix));
  if (unit === undefined) throw invalid(name, text, "unit is missing or unrecognized");
  const [suffix, ms] = unit;
  const number = normalized.slice(0, -suffix.length).trim();
  if (!/^[+-]?\d{1,18}$/.test(number)) throw unreadable(text, number);
  if (Number(number) < -1) throw invalid(name, text, "negative durations are not supported");
  return Number(number) * ms;
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
