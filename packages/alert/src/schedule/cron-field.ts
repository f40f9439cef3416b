import { CRON_SYNTAX, type CronKey, foreignSign, LONGEST_FIELD } from "./cron-syntax.ts";

/** A value of a field: a number, or `"L"` (last day of a month) or `"5L"` (its last Friday). */
export type CronValue = number | string;

/**
 * The values of one field, each once, numbers in order. Read as celery reads it: lists whose parts overlap, ranges that wrap
 * around (`sat-sun`, `22-2`), names of any length from three letters. Beyond celery, as cron: `7` is Sunday, `2/5` goes on to
 * the end, `L` is the last day of a month and `5L` its last Friday.
 *
 * @param text - At most {@link LONGEST_FIELD} characters.
 * @throws {Error} whose message says what is wrong.
 * @see celery `schedules.py`, `crontab_parser`.
 */
export const cronValues = (key: CronKey, text: string): readonly CronValue[] => {
  const name = `${key} ${text}`;
  const known = parsed.get(name);
  if (known !== undefined) return known;
  if (text.length > LONGEST_FIELD)
    throw new Error(`it has ${text.length} characters, at most ${LONGEST_FIELD} are read`);
  const values = [...new Set(text.split(",").flatMap((part) => valuesOfPart(key, part.trim())))];
  const numbers = values.filter((value) => typeof value === "number").sort((a, b) => a - b);
  const sorted = Object.freeze([...numbers, ...values.filter((value) => typeof value === "string")]);
  if (parsed.size >= MOST_KNOWN) parsed.clear();
  parsed.set(name, sorted);
  return sorted;
};

/** Fields are read once: schedules are asked for their slots all the time. */
const parsed = new Map<string, readonly CronValue[]>();
const MOST_KNOWN = 1_000;

/** Whether a field leaves everything open, however it says so. */
export const isEvery = (key: CronKey, values: readonly CronValue[]): boolean => {
  const { min, max } = CRON_SYNTAX[key];
  return values.filter((value) => typeof value === "number").length === max - min + 1;
};

const PART = /^(?:(?<every>\*)|(?<from>[a-z0-9]+)(?:-(?<to>[a-z0-9]+))?)(?:\/(?<step>[0-9]+))?$/i;

const valuesOfPart = (key: CronKey, part: string): readonly CronValue[] => {
  if (part === "") throw new Error("one of its parts is empty");
  const instead = foreignSign(key, part);
  if (instead !== null) throw new Error(instead);
  const last = lastOf(key, part);
  if (last !== null) return [last];
  const { every, from, to, step } = PART.exec(part)?.groups ?? {};
  if (every === undefined && from === undefined)
    throw new Error(`${JSON.stringify(part)} is not a value, a range such as 1-5, or one with a step such as */5`);
  const { min, max } = CRON_SYNTAX[key];
  const first = from === undefined ? min : numberOf(key, from);
  const end = to !== undefined ? numberOf(key, to) : from === undefined || step !== undefined ? max : first;
  return steps(range(key, first, end), step);
};

/** `L` of a day of the month, `5L` or `friL` of a weekday. */
const lastOf = (key: CronKey, part: string): string | null => {
  if (key === "dayOfMonth") return part.toUpperCase() === "L" ? "L" : null;
  if (key !== "dayOfWeek") return null;
  const [, day] = /^([0-7]|[a-z]{3,})L$/.exec(part) ?? [];
  return day === undefined ? null : `${numberOf(key, day) % 7}L`;
};

const range = (key: CronKey, first: number, end: number): readonly number[] => {
  const { min, max } = CRON_SYNTAX[key];
  const size = max - min + 1;
  // A range that ends before it begins goes on at the start; Sunday may be 7.
  const length = end >= first ? end - first + 1 : end + size - first + 1;
  return Array.from({ length }, (_, index) => ((first + index - min) % size) + min);
};

const steps = (values: readonly number[], step: string | undefined): readonly number[] => {
  const each = Number(step ?? 1);
  if (each === 0) throw new Error("a step of 0 never ends");
  return values.filter((_, index) => index % each === 0);
};

const numberOf = (key: CronKey, text: string): number => {
  const { min, max, names } = CRON_SYNTAX[key];
  const highest = key === "dayOfWeek" ? 7 : max;
  const named = text.length < 3 ? -1 : names.findIndex((name) => name.startsWith(text.toLowerCase()));
  const number = named >= 0 ? named + min : /^[0-9]+$/.test(text) ? Number(text) : NaN;
  if (number >= min && number <= highest) return number;
  const allowed = names.length === 0 ? "" : ` or a name such as ${names[0]?.slice(0, 3)}`;
  throw new Error(`${JSON.stringify(text)} is not a number from ${min} to ${highest}${allowed}`);
};
