import { ApiError } from "../errors/api-error.ts";
import { type Json, numberOf, showJson } from "../json/json.ts";
import { parseJavaDouble, parseLong, toLong } from "../values/java-number.ts";
import { notANumber } from "../values/not-a-number.ts";
import type { SortField } from "./sort.ts";
import type { SortType, SortValue } from "./sort-type.ts";

/** What documents without a value are sorted by. @throws {ApiError} when the type cannot have it. */
export const missingValue = ({ missing, descending }: SortField, type: SortType): SortValue => {
  if (missing === "_last" || missing === "_first")
    return (missing === "_last") === descending ? type.least : type.greatest;
  const { kind } = type;
  // The bytes of a text, whatever the field holds: an address, for example, then cannot be shown.
  if (kind === "STRING") return Buffer.from(showJson(missing)).toString("latin1");
  if (kind === "FLOAT" || kind === "DOUBLE") {
    const number = numberOf(missing) ?? parseJavaDouble(showJson(missing));
    if (number === undefined) throw notNumber(missing);
    return kind === "FLOAT" ? Math.fround(number) : number;
  }
  const whole = wholeOf(missing);
  return kind === "INT" ? Number(BigInt.asIntN(32, BigInt(whole))) : whole;
};

/** JSON numbers are cut and wrapped, as Java casts them. */
const wholeOf = (missing: Json): number | bigint => {
  const number = numberOf(missing);
  const text = showJson(missing);
  const whole = parseLong(text);
  if (whole !== undefined) return whole;
  if (number === undefined) throw notNumber(missing);
  return /^-?\d+$/.test(text) ? BigInt.asIntN(64, BigInt(text)) : toLong(number);
};

const notNumber = (missing: Json): ApiError =>
  new ApiError(400, { type: "number_format_exception", reason: notANumber(showJson(missing)) });
