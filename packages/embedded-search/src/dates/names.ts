const MONTHS = "January February March April May June July August September October November December".split(" ");
const DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");

const short = (names: readonly string[]): readonly string[] => names.map((name) => name.slice(0, 3));
const narrow = (names: readonly string[]): readonly string[] => names.map((name) => name.slice(0, 1));

/** The texts of a field in a pattern, in the order of its numbers. */
export interface Names {
  readonly texts: readonly string[];
  /** The number of the first text. */
  readonly first: number;
  /** What is read instead when a date is rounded up: Elasticsearch does that without a language. */
  readonly withoutLanguage: readonly string[];
}

const names = (texts: readonly string[], first: number, withoutLanguage = texts): Names => ({
  texts,
  first,
  withoutLanguage,
});

export const MONTH_NAMES = {
  short: names(short(MONTHS), 1),
  full: names(MONTHS, 1, short(MONTHS)),
  narrow: names(
    narrow(MONTHS),
    1,
    MONTHS.map((_, i) => String(i + 1)),
  ),
};

export const DAY_NAMES = {
  short: names(short(DAYS), 1),
  full: names(DAYS, 1, short(DAYS)),
  narrow: names(narrow(DAYS), 1),
};

export const QUARTER_NAMES = {
  short: names(["Q1", "Q2", "Q3", "Q4"], 1),
  full: names(["1st quarter", "2nd quarter", "3rd quarter", "4th quarter"], 1, ["Q1", "Q2", "Q3", "Q4"]),
  narrow: names(["1", "2", "3", "4"], 1),
};

export const ERA_NAMES = {
  short: names(["BC", "AD"], 0, ["BCE", "CE"]),
  full: names(["Before Christ", "Anno Domini"], 0, ["BCE", "CE"]),
  narrow: names(["B", "A"], 0, ["BCE", "CE"]),
};

export const HALF_NAMES = { short: names(["AM", "PM"], 0) };
