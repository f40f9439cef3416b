import { writeDouble } from "../json/write-json.ts";
import { JsonNumber, type Scalar } from "../json/json.ts";

const DECIMAL = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[dDfF]?$/;
const WORD = /^([+-]?)(NaN|Infinity)$/;
const HEXADECIMAL = /^([+-]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([+-]?\d{1,9})[dDfF]?$/;

/** Java removes everything up to the space from both ends, and nothing else. */
const trimmed = (text: string): string => {
  let [start, end] = [0, text.length];
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
};

/** Text as `Double.parseDouble` of Java reads it; undefined when it does not. */
export const parseJavaDouble = (text: string): number | undefined => {
  const inner = trimmed(text);
  const [, digits] = DECIMAL.exec(inner) ?? [];
  if (digits !== undefined) return Number(digits);
  const [, sign, word] = WORD.exec(inner) ?? [];
  if (word !== undefined) return word === "NaN" ? Number.NaN : sign === "-" ? -Infinity : Infinity;
  return parseHexadecimal(inner);
};

/** Digits of a hexadecimal number that a double can tell apart. */
const MOST_DIGITS = 256;

const parseHexadecimal = (text: string): number | undefined => {
  const [, sign, whole = "", fraction = "", exponent] = HEXADECIMAL.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits === "" || digits.length > MOST_DIGITS) return undefined;
  const size = Number(BigInt(`0x${digits}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === "-" ? -size : size;
};

/** The shortest decimal that is this number of 32 bits and no other, as Java shows a float. */
export const shortestFloat = (value: number): number => {
  if (value === 0) return value;
  for (let digits = 1; digits <= 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
};

const LEAST_LONG = -(2n ** 63n);
const GREATEST_LONG = 2n ** 63n - 1n;

/** Is this how JSON writes a whole number? */
const WHOLE = /^-?\d+$/;

/** The text that Java makes of a JSON value: of whole numbers the digits, of others that of a double. */
export const javaText = (value: Scalar): string => {
  if (typeof value === "number") return WHOLE.test(String(value)) ? String(value) : unquoted(writeDouble(value));
  if (!(value instanceof JsonNumber)) return String(value);
  if (!WHOLE.test(value.text)) return unquoted(writeDouble(value.value));
  return value.text === "-0" ? "0" : value.text;
};

const unquoted = (text: string): string => text.replaceAll('"', "");

/** A number as Java casts it to a long: cut, and brought into its range. */
export const toLong = (value: number): number | bigint => {
  if (Number.isSafeInteger(value)) return value;
  if (Number.isNaN(value)) return 0;
  if (value >= 2 ** 63) return GREATEST_LONG;
  if (value <= -(2 ** 63)) return LEAST_LONG;
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole) ? whole + 0 : BigInt(whole);
};

/** Text as `Long.parseLong` of Java reads it. */
export const parseLong = (text: string): number | bigint | undefined => {
  if (!/^[+-]?\d{1,40}$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ""));
  if (value < LEAST_LONG || value > GREATEST_LONG) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
};
