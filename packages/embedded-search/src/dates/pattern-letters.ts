import { unsupported } from "../errors/api-error.ts";
import { type DateElement, zoneId } from "./date-element.ts";
import type { DateField } from "./date-fields.ts";
import { DAY_NAMES, ERA_NAMES, HALF_NAMES, MONTH_NAMES, type Names, QUARTER_NAMES } from "./names.ts";
import { fixedFraction, type NumberElement, numberOf, twoDigitYear } from "./number-element.ts";
import { gmtOffset, offset } from "./offset-element.ts";
import { PatternError } from "./pattern-error.ts";
import { wordOf } from "./text-element.ts";

type Build = (count: number, letter: string) => DateElement;

const tooMany = (letter: string): PatternError => new PatternError(`Too many pattern letters: ${letter}`);

/** As many digits as a `long` of Java may have. */
const MOST_DIGITS = 19;

const year =
  (field: DateField): Build =>
  (count) => {
    if (count === 2) return twoDigitYear(field);
    if (count > MOST_DIGITS && field !== "weekYear")
      throw new PatternError(`The minimum width must be from 1 to 19 inclusive but was ${count}`);
    return numberOf(field, count, Math.max(count, MOST_DIGITS), count < 4 ? "normal" : "exceedsPad");
  };

const plain = (field: DateField, count: number): NumberElement =>
  count === 1 ? numberOf(field) : numberOf(field, 2, 2, "never");

/** One digit or more, or exactly two. */
const short =
  (field: DateField): Build =>
  (count, letter) => {
    if (count > 2) throw tooMany(letter);
    return plain(field, count);
  };

/** A number of one or two letters, a word of more. */
const word =
  (field: DateField, { short, full, narrow }: Record<"short" | "full" | "narrow", Names>): Build =>
  (count, letter) => {
    if (count > 5) throw tooMany(letter);
    if (count < 3) return plain(field, count);
    return wordOf(field, count === 3 ? short : count === 4 ? full : narrow);
  };

const shortWord =
  (field: DateField, names: Parameters<typeof word>[1]): Build =>
  (count, letter) =>
    word(field, names)(Math.max(3, count), letter);

/** The first day is a Sunday. */
const localDay: Build = (count, letter) =>
  count < 3 ? numberOf("localDayOfWeek", count, count, "never") : word("dayOfWeek", DAY_NAMES)(count, letter);

const upTo =
  (field: DateField, most: number): Build =>
  (count, letter) => {
    if (count > most) throw tooMany(letter);
    return numberOf(field, count, most, "never");
  };

const long =
  (field: DateField): Build =>
  (count) =>
    numberOf(field, count, MOST_DIGITS, "never");

const half: Build = (count, letter) => {
  if (count > 1) throw tooMany(letter);
  return wordOf("half", HALF_NAMES.short);
};

const fraction: Build = (count) => {
  if (count <= 9) return fixedFraction(count);
  throw new PatternError(`Minimum width must be from 0 to 9 inclusive but was ${count}`);
};

const capitalX: Build = (count, letter) => {
  if (count > 5) throw tooMany(letter);
  return offsetOf(count, "Z");
};

const smallX: Build = (count, letter) => {
  if (count > 5) throw tooMany(letter);
  return offsetOf(count, count === 1 ? "+00" : count % 2 === 0 ? "+0000" : "+00:00");
};

const offsetOf = (count: number, zero: string): DateElement =>
  offset({
    colon: count === 3 || count === 5,
    minutes: count === 1 ? "unless zero" : "always",
    seconds: count > 3 ? "unless zero" : "never",
    zero,
  });

const capitalZ: Build = (count, letter) => {
  if (count > 5) throw tooMany(letter);
  if (count === 4) return gmtOffset(true);
  return count < 4
    ? offset({ colon: false, minutes: "always", seconds: "never", zero: "+0000" })
    : offset({ colon: true, minutes: "always", seconds: "unless zero", zero: "Z" });
};

const gmt: Build = (count) => {
  if (count === 1 || count === 4) return gmtOffset(count === 4);
  throw new PatternError(`Pattern letter count must be 1 or 4: O`);
};

const region: Build = (count) => {
  if (count === 2) return zoneId;
  throw new PatternError("Pattern letter count must be 2: V");
};

/** Names of zones, parts of the day and weeks of a month differ between languages; nothing but Java knows them all. */
const refused: Build = (_count, letter) => {
  throw unsupported(`The letter [${letter}] of a date format`);
};

/** What each letter of a pattern stands for. */
export const PATTERN_LETTERS: ReadonlyMap<string, Build> = new Map<string, Build>([
  ["y", year("yearOfEra")],
  ["u", year("year")],
  ["Y", year("weekYear")],
  ["G", shortWord("era", ERA_NAMES)],
  ["M", word("month", MONTH_NAMES)],
  ["L", word("month", MONTH_NAMES)],
  ["Q", word("quarter", QUARTER_NAMES)],
  ["q", word("quarter", QUARTER_NAMES)],
  ["E", shortWord("dayOfWeek", DAY_NAMES)],
  ["e", localDay],
  ["c", localDay],
  ["w", upTo("week", 2)],
  ["D", (count, letter) => (count === 1 ? numberOf("dayOfYear") : upTo("dayOfYear", 3)(count, letter))],
  ["d", short("day")],
  ["F", short("alignedWeek")],
  ["H", short("hour")],
  ["k", short("clockHour")],
  ["K", short("hourOfHalf")],
  ["h", short("clockHourOfHalf")],
  ["a", half],
  ["m", short("minute")],
  ["s", short("second")],
  ["S", fraction],
  ["n", long("nano")],
  ["A", long("msOfDay")],
  ["N", long("nanoOfDay")],
  ["X", capitalX],
  ["x", smallX],
  ["Z", capitalZ],
  ["O", gmt],
  ["V", region],
  ...["z", "v", "B", "W", "g"].map((letter) => [letter, refused] as const),
]);
