import { preview } from "@mozdef/query/tools";
import { AlertError } from "../alert-error.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const SYSLOG = /^([A-Za-z]{3}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2})$/;
const NUMERIC = /^-?\d{1,30}(?:\.\d{1,30})?(?:e\+?\d{1,2})?$/i;
const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?\s?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * A time stamp of a log as a date.
 *
 * Takes ISO 8601 (a missing zone is UTC), syslog's `Jan  2 08:01:57` (the year of `now`), and epochs in seconds, milliseconds,
 * microseconds or nanoseconds, as number or text. Zero and negative epochs are 1970-01-01T00:00:00Z.
 *
 * @param options.now - The year of stamps without one. Default: the current time.
 * @throws {AlertError} `TIME_INVALID`.
 * @see MozDef `mozdef_util/utilities/toUTC.py`; unlike it, a missing zone never means the machine's.
 */
export const toUtc = (stamp: string | number | Date, { now = new Date() }: { readonly now?: Date } = {}): Date => {
  const date =
    stamp instanceof Date ? stamp : typeof stamp === "number" ? fromEpoch(stamp) : fromText(stamp.trim(), now);
  if (!Number.isNaN(date.getTime())) return date;
  throw new AlertError(
    "TIME_INVALID",
    `Cannot read a time. Expected ISO 8601, "Jan  2 08:01:57" or an epoch. Received: ${preview(stamp)}.`,
  );
};

/** The number of digits before the point tells the unit: 10 seconds, 13 milliseconds, 16 microseconds, 19 nanoseconds. */
const fromEpoch = (epoch: number): Date => {
  if (epoch <= 0) return new Date(0);
  const digits = Math.floor(Math.log10(epoch)) + 1;
  return new Date(Math.floor(digits <= 10 ? epoch * 1_000 : epoch / 10 ** (digits - 13)));
};

const fromText = (text: string, now: Date): Date => {
  if (NUMERIC.test(text)) return fromEpoch(Number(text));
  const iso = ISO.exec(text);
  if (iso !== null) return new Date(`${iso[1] ?? ""}T${iso[2] ?? "00:00"}${(iso[3] ?? "Z").toUpperCase()}`);
  const [, month = "", day = "", hours = "", minutes = "", seconds = ""] = SYSLOG.exec(text) ?? [];
  const index = MONTHS.indexOf(month.toLowerCase());
  if (index < 0) return new Date(Number.NaN);
  return new Date(Date.UTC(now.getUTCFullYear(), index, Number(day), Number(hours), Number(minutes), Number(seconds)));
};
