import { LAST_NANO } from "./nanos.ts";
import type { DatePattern } from "./date-pattern.ts";

/** What Java's `long` can hold. */
const isLong = (ms: number): boolean => Math.abs(ms) < 2 ** 63;

/** Seconds or milliseconds since 1970, with decimals down to nanoseconds. */
export const epochPattern = (unitMs: 1 | 1000): DatePattern => {
  const pattern = unitMs === 1 ? /^(-?)(\d{1,19})(?:\.(\d{0,6}))?$/ : /^(-?)(\d{1,19})(?:\.(\d{0,9}))?$/;
  return {
    parse: (text, roundUp) => {
      const match = pattern.exec(text);
      if (!match) return undefined;
      const [, sign, whole, decimals] = match;
      const start = clamped(Number(`${sign ?? ""}${whole ?? ""}`), whole ?? "") * unitMs + 0;
      // Rounded up, a second means the whole of it. Elasticsearch takes a point without digits for decimals, but not below zero.
      const isOpen = decimals === undefined || (decimals === "" && sign === "-");
      const rest = isOpen ? (roundUp ? unitMs - 1 : 0) : decimalsOf(decimals, unitMs, sign === "-");
      return isLong(start + rest) ? start + rest : undefined;
    },
    rest: (text, roundUp) => {
      const [, sign, , decimals] = pattern.exec(text) ?? [];
      if (decimals === undefined || (decimals === "" && sign === "-")) return roundUp ? LAST_NANO : 0;
      return Number(decimals.padEnd(9, "0").slice(unitMs === 1 ? 0 : 3, unitMs === 1 ? 6 : 9));
    },
    print: (utcMs, _zone, rest = 0) => (unitMs === 1 ? millisText(utcMs, rest) : secondsText(utcMs, rest)),
  };
};

/** The greatest numbers of 64 bits would be rounded up beyond them. */
const clamped = (value: number, whole: string): number =>
  value === 2 ** 63 && BigInt(whole) < 2n ** 63n ? GREATEST : value;

/** The greatest number below 2^63. */
const GREATEST = 2 ** 63 - 1_024;

/** Milliseconds of the decimals; finer ones are dropped towards the past. */
const decimalsOf = (decimals: string, unitMs: number, isNegative: boolean): number => {
  const exact = Number(`0.${decimals}`) * unitMs;
  const ms = Math.floor(exact + 1e-7);
  return isNegative ? -(exact - ms > 1e-7 ? ms + 1 : ms) : ms;
};

const wholeText = (ms: number): string => (Number.isSafeInteger(ms) ? String(ms) : String(BigInt(ms)));

const millisText = (ms: number, rest: number): string => {
  const decimals = String(rest).padStart(6, "0").replace(/0+$/, "");
  return wholeText(ms) + (decimals === "" ? "" : `.${decimals}`);
};

const secondsText = (utcMs: number, rest: number): string => {
  const ms = BigInt(utcMs);
  const size = ms < 0n ? -ms : ms;
  const decimals = `${String(size % 1000n).padStart(3, "0")}${String(rest).padStart(6, "0")}`.replace(/0+$/, "");
  return `${ms < 0n ? "-" : ""}${size / 1000n}${decimals === "" ? "" : `.${decimals}`}`;
};
