import type { DateFormat } from "../dates/date-format.ts";
import type { Zone } from "../dates/zone.ts";
import { ApiError, type ErrorCause, illegalArgument } from "../errors/api-error.ts";
import type { SegmentScope } from "../hits/scope.ts";
import { type Json, numberOf, showJson } from "../json/json.ts";
import { isDate, type LeafField } from "../mapping/field.ts";
import { type Key, keyStyle, readWhole } from "./keys.ts";
import { MergeError } from "../errors/merge-error.ts";
import { readDateText } from "./read-date.ts";

/** Reads parts of an `after` key whose source has no format. */
export class AfterReader {
  readonly #name: string;

  /** @param name - Of the aggregation. */
  constructor(name: string) {
    this.#name = name;
  }

  /** @throws {ApiError} 400 when the field cannot have that key. */
  read(value: Json, field: LeafField | undefined, { context }: SegmentScope, place: number): Key {
    try {
      if (typeof value !== "string" && (field?.type === "keyword" || field?.type === "ip"))
        throw illegalArgument(`invalid value, expected string, got ${javaClass(value)}`);
      // Dates are their milliseconds here, whatever the format of the field.
      return field && isDate(field.type) ? readWhole(value) : keyStyle(field).read(value, context.nowMs);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status >= 500) throw error;
      throw this.#refused(error, place);
    }
  }

  #refused({ type, reason, causedBy }: ApiError, place: number): ApiError {
    const inner: ErrorCause = {
      type: "illegal_argument_exception",
      reason: `incompatible value in the position ${place}: ${reason}`,
      causedBy: { type, reason, causedBy },
    };
    return new ApiError(400, {
      type: "parse_exception",
      reason: `Cannot set after key in the composite aggregation [${this.#name}] - ${inner.reason ?? ""}`,
      causedBy: inner,
    });
  }
}

const javaClass = (value: Json): string => {
  if (typeof value === "boolean") return "Boolean";
  const number = numberOf(value);
  if (number === undefined) return Array.isArray(value) ? "ArrayList" : "LinkedHashMap";
  if (!/^-?\d+$/.test(showJson(value))) return "Double";
  return Math.abs(number) < 2 ** 31 ? "Integer" : "Long";
};

/** Reads a part that is shown in a format. @throws {ApiError} 400 when it is not in that format. */
export const readAfterDate = (value: Json, format: DateFormat, zone: Zone): number => {
  const text = showJson(value);
  if (!text.startsWith("now")) return readDateText(text, { format, zone, nowMs: undefined });
  throw new ApiError(400, {
    type: "parse_exception",
    reason: "could not read the current timestamp",
    causedBy: { type: "illegal_argument_exception", reason: "now() is not supported in [after] key" },
  });
};

/** Shows a part in a format. @throws {MergeError} when the format loses some of it, so that no page could follow. */
export const printBack = (ms: number, format: DateFormat, zone: Zone): string => {
  const text = format.print(ms, zone);
  const parsed = format.parse(text, { zone });
  if (parsed === ms) return text;
  if (parsed === undefined) {
    const reason = `failed to parse date field [${text}] with format [${format.text}]`;
    throw new MergeError({ type: "parse_exception", reason: `${reason}: [${reason}]` });
  }
  const shown = `DocValueFormat.DateTime(format[${format.text}] locale[en], ${zone.id}, MILLISECONDS)`;
  const reason = `Format [${shown}] created output it couldn't parse for value [${ms}] of type [class java.lang.Long]. parsed value: [${parsed}(class java.lang.Long)]`;
  throw new MergeError({ type: "illegal_argument_exception", reason });
};
