import { type DecimalPattern, parseDecimalPattern } from "./decimal-pattern.ts";
import { type Digits, digitsOfDouble, digitsOfWhole, rounded } from "./decimal-digits.ts";

/** Writes numbers by a pattern of Java's `DecimalFormat`, with the signs of no language in particular. */
export interface DecimalFormat {
  /** As a double, whatever the number is. */
  ofDouble(value: number): string;
  /** As a long. */
  ofWhole(value: number | bigint): string;
  /** Reads a number that is written so, whatever follows it; undefined when none is. */
  read(text: string): number | undefined;
}

/** @throws {ApiError} 400 when the text is no such pattern. */
export const compileDecimalFormat = (text: string): DecimalFormat => {
  const pattern = parseDecimalPattern(text);
  return {
    ofDouble: (value) => ofDouble(pattern, value),
    ofWhole: (value) => ofWhole(pattern, BigInt(value)),
    read: (text) => readNumber(pattern, text),
  };
};

const ofDouble = (pattern: DecimalPattern, value: number): string => {
  if (Number.isNaN(value)) return "NaN";
  const number = value * pattern.multiplier;
  const size = Math.abs(number);
  const { prefix, suffix } = number < 0 || Object.is(number, -0) ? pattern.negative : pattern.positive;
  if (size === Number.POSITIVE_INFINITY) return `${prefix}∞${suffix}`;
  const exact = digitsOfDouble(size);
  const kept = pattern.exponentDigits > 0 ? significant(pattern) : exact.point + pattern.maxFraction;
  const digits = kept === undefined ? exact : rounded(exact, kept, size);
  return prefix + (pattern.exponentDigits > 0 ? scientific(pattern, digits) : plain(pattern, digits)) + suffix;
};

const ofWhole = (pattern: DecimalPattern, value: bigint): string => {
  const { prefix, suffix } = value < 0n ? pattern.negative : pattern.positive;
  const exact = digitsOfWhole((value < 0n ? -value : value) * BigInt(pattern.multiplier));
  if (pattern.exponentDigits === 0) return prefix + plain(pattern, exact) + suffix;
  const kept = significant(pattern);
  return prefix + scientific(pattern, kept === undefined ? exact : rounded(exact, kept, undefined)) + suffix;
};

/** Digits that are kept before an exponent; undefined = all. */
const significant = ({ maxInteger, maxFraction }: DecimalPattern): number | undefined =>
  maxInteger + maxFraction === 0 ? undefined : maxInteger + maxFraction;

const plain = (pattern: DecimalPattern, { digits, point }: Digits): string => {
  const whole = digits.slice(0, Math.max(point, 0)).padEnd(Math.max(point, 0), "0");
  const fraction = digits === "" ? "" : "0".repeat(Math.max(-point, 0)) + digits.slice(Math.max(point, 0));
  const integer = grouped(whole.padStart(pattern.minInteger, "0"), pattern.grouping);
  const decimals = fraction.padEnd(pattern.minFraction, "0");
  const isBare = integer === "" && decimals === "";
  return (isBare ? "0" : integer) + (decimals !== "" || pattern.showsPoint ? "." : "") + decimals;
};

const grouped = (digits: string, size: number): string => {
  if (size === 0 || digits.length <= size) return digits;
  const first = digits.length % size;
  const groups = first === 0 ? [] : [digits.slice(0, first)];
  for (let at = first; at < digits.length; at += size) groups.push(digits.slice(at, at + size));
  return groups.join(",");
};

const scientific = (pattern: DecimalPattern, { digits, point }: Digits): string => {
  const { minInteger, maxInteger, minFraction, exponentDigits, showsPoint } = pattern;
  const repeats = maxInteger > 1 && maxInteger > minInteger;
  const exponent = digits === "" ? 0 : repeats ? stepOf(point, maxInteger) : point - minInteger;
  const integerDigits = digits === "" ? (repeats ? 1 : minInteger) : point - exponent;
  const text = digits.padEnd(Math.max(minInteger + minFraction, integerDigits), "0");
  const [whole, fraction] = [text.slice(0, integerDigits), text.slice(integerDigits)];
  const shown = whole + (fraction !== "" || showsPoint ? "." : "") + fraction;
  return `${shown}E${exponent < 0 ? "-" : ""}${String(Math.abs(exponent)).padStart(exponentDigits, "0")}`;
};

/** Exponents go in steps of as many digits as there may be before the point. */
const stepOf = (point: number, step: number): number =>
  (point >= 1 ? Math.trunc((point - 1) / step) : Math.trunc((point - step) / step)) * step + 0;

const DIGITS = /^(\d[\d,]*)?(\.\d*)?(E-?\d{1,9})?/;

const readNumber = (pattern: DecimalPattern, text: string): number | undefined => {
  for (const [sign, { prefix, suffix }] of [
    [1, pattern.positive],
    [-1, pattern.negative],
  ] as const) {
    if (!text.startsWith(prefix)) continue;
    const rest = text.slice(prefix.length);
    const [digits = "", whole = "", fraction = "", exponent = ""] = DIGITS.exec(rest) ?? [];
    if (!/\d/.test(whole + fraction) || !rest.slice(digits.length).startsWith(suffix)) continue;
    return (sign * Number(`${whole.replaceAll(",", "") || "0"}${fraction}${exponent}`)) / pattern.multiplier;
  }
  return undefined;
};
