import { LAST_NANO } from "./nanos.ts";
import { daysSinceEpoch, DAY_MS, daysInMonth } from "./calendar.ts";
import { localToUtc, parseZoneOfDate, utc, type Zone } from "./zone.ts";

const ISO =
  /^(-?)(\d{4})(?:-(\d{2})(?:-(\d{2})(?:(T)(?:(\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?([Zz]|[+-]\d.{0,8}|[A-Za-z].{0,40})?)?)?)?)?$/;

/** What an ISO date must have. */
export interface IsoNeeds {
  /** How many of year, month, day, hour, minute and second have to be there. */
  readonly parts: number;
  /** May the time be left out altogether, although some of its parts are needed? */
  readonly optionalTime: boolean;
  readonly zone?: "needed" | undefined;
  readonly fraction?: "none" | undefined;
}

/** `strict_date_optional_time`: parts may be left out from the right. */
export const ANY_ISO: IsoNeeds = { parts: 1, optionalTime: true };

/**
 * Reads an ISO 8601 date.
 *
 * @param roundUp - Missing parts of the time become their greatest value instead of their least.
 * @param zone - Of dates that name none.
 * @returns milliseconds since 1970 (finer digits are dropped), or undefined when it is not such a date.
 */
export const parseIsoDate = (text: string, roundUp: boolean, zone: Zone, needs = ANY_ISO): number | undefined => {
  const match = ISO.exec(text);
  if (!match || !hasEnough(match, needs)) return undefined;
  const days = daysOf(match);
  const time = timeOf(match, roundUp);
  const own = match[10] === undefined ? zone : match[10] === "Z" ? utc : parseZoneOfDate(match[10]);
  return days === undefined || time === undefined || own === undefined
    ? undefined
    : localToUtc(own, days * DAY_MS + time, match[10] === undefined ? 0 : undefined);
};

/** Nanoseconds after the millisecond of an ISO 8601 date. */
export const restOfIsoDate = (text: string, roundUp: boolean): number => {
  const fraction = ISO.exec(text)?.[9];
  if (fraction === undefined) return roundUp ? LAST_NANO : 0;
  return Number(fraction.padEnd(9, "0").slice(3));
};

const hasEnough = (match: RegExpExecArray, { parts, optionalTime, zone, fraction }: IsoNeeds): boolean => {
  if (zone === "needed" && match[10] === undefined) return false;
  if (fraction === "none" && match[9] !== undefined) return false;
  const given = [match[2], match[3], match[4], match[6], match[7], match[8]];
  const count = given.filter((part) => part !== undefined).length;
  return count >= parts || (optionalTime && match[5] === undefined);
};

const daysOf = ([, sign, yearText, monthText = "1", dayText = "1"]: RegExpExecArray): number | undefined => {
  const year = Number(`${sign ?? ""}${yearText ?? ""}`);
  const [month, day] = [Number(monthText), Number(dayText)];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return daysSinceEpoch(year, month, day);
};

const timeOf = (match: RegExpExecArray, roundUp: boolean): number | undefined => {
  const hour = Number(match[6] ?? (roundUp ? 23 : 0));
  const minute = Number(match[7] ?? (roundUp ? 59 : 0));
  const second = Number(match[8] ?? (roundUp ? 59 : 0));
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = match[9];
  const ms = fraction === undefined ? (roundUp ? 999 : 0) : Number(fraction.padEnd(3, "0").slice(0, 3));
  return ((hour * 60 + minute) * 60 + second) * 1000 + ms;
};
