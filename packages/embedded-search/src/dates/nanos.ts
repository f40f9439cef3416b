import { ValueError } from "../errors/value-error.ts";

/** An instant finer than a millisecond. */
export interface ExactDate {
  readonly ms: number;
  /** Nanoseconds after it, less than a million. */
  readonly rest: number;
}

/** Shows an instant of UTC. */
interface Printer {
  print(ms: number): string;
}

const IN_MS = 1_000_000n;
const GREATEST = 2n ** 63n - 1n;

/** The last nanosecond of a millisecond. */
export const LAST_NANO = 999_999;

export const msOfNanos = (nanos: bigint): number => Number(nanos / IN_MS - (nanos % IN_MS < 0n ? 1n : 0n));

export const exactOfNanos = (nanos: bigint): ExactDate => {
  const ms = msOfNanos(nanos);
  return { ms, rest: Number(nanos - BigInt(ms) * IN_MS) };
};

/**
 * Nanoseconds since 1970.
 *
 * @param printer - Shows dates that are out of range, with a fraction of three digits and a Z at the end.
 * @throws {ValueError} for what 64 bits do not hold, and for dates before 1970.
 */
export const nanosOf = ({ ms, rest }: ExactDate, printer: Printer): bigint => {
  const nanos = BigInt(ms) * IN_MS + BigInt(rest);
  if (nanos < 0n) throw beyond({ ms, rest }, printer, "before the epoch in 1970");
  if (nanos > GREATEST) throw beyond({ ms, rest }, printer, "after 2262-04-11T23:47:16.854775807");
  return nanos;
};

const beyond = (date: ExactDate, printer: Printer, where: string): ValueError =>
  new ValueError(`date[${instantText(date, printer)}] is ${where} and cannot be stored in nanosecond resolution`);

/** As Java writes an instant: with three digits of a fraction, six, nine, or none. */
const instantText = ({ ms, rest }: ExactDate, printer: Printer): string => {
  const [seconds = "", fraction = ""] = printer.print(ms).replace(/Z$/, "").split(".");
  const digits = `${fraction.padEnd(3, "0")}${String(rest).padStart(6, "0")}`.replace(/(?:000)+$/, "");
  return `${seconds}${digits === "" ? "" : `.${digits}`}Z`;
};
