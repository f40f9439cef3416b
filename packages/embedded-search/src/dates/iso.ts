import { utcOf } from "./calendar.ts";
import { localToUtc, parseZoneOfDate, type Zone } from "./zone.ts";

const STRICT =
  /^(-?\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(?:(\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?([Zz]|[+-]\d.{0,8}|[A-Za-z].{0,40})?)?)?)?)?$/;
const LENIENT =
  /^(-?\d{1,9})(?:-(\d{1,2})(?:-(\d{1,2})(?:T(?:(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?)?([Zz]|[+-]\d.{0,8}|[A-Za-z].{0,40})?)?)?)?)?$/;

/**
 * `strict_date_optional_time`: an ISO 8601 date whose parts may be left out from the right.
 *
 * @param roundUp - Missing parts become their greatest value instead of their least.
 * @param zone - Of dates that name none.
 * @returns milliseconds since 1970 (finer digits are dropped), or undefined when it is not such a date.
 */
export const parseIsoDate = (text: string, roundUp: boolean, zone: Zone): number | undefined =>
  fromMatch(STRICT.exec(text), roundUp, zone);

/** `date_optional_time`: as {@link parseIsoDate}, with fewer digits allowed. */
export const parseLenientIsoDate = (text: string, roundUp: boolean, zone: Zone): number | undefined =>
  fromMatch(LENIENT.exec(text), roundUp, zone);

const part = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

const fromMatch = (match: RegExpExecArray | null, roundUp: boolean, zone: Zone): number | undefined => {
  if (!match) return undefined;
  const own = match[8] === undefined ? zone : parseZoneOfDate(match[8]);
  const fraction = match[7];
  const local = utcOf(
    {
      year: Number(match[1]),
      month: part(match[2]),
      day: part(match[3]),
      hour: part(match[4]),
      minute: part(match[5]),
      second: part(match[6]),
      millisecond: fraction === undefined ? undefined : Number(fraction.padEnd(3, roundUp ? "9" : "0").slice(0, 3)),
    },
    roundUp,
  );
  return local === undefined || own === undefined ? undefined : localToUtc(own, local);
};
