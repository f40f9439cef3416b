import { messageOf } from "@mozdef/alert";
import { RE2JS } from "re2js";
import { alertValues, type SeenAlert } from "./alert-fields.ts";

/** What a field has to be. A text with `*` or `?` is a pattern. Of a list, one has to fit. */
export type Wanted = string | number | boolean | readonly (string | number | boolean)[] | WantedOptions;

export interface WantedOptions {
  /** None of these, patterns too; an alert without the field fits. */
  readonly not?: string | number | boolean | readonly (string | number | boolean)[];
  /** A regular expression in RE2's syntax that fits a whole value. */
  readonly regex?: string;
  /** One that fits no value; an alert without the field fits. */
  readonly notRegex?: string;
  /** Whether the field is there. */
  readonly exists?: boolean;
}

/** Fields of alerts and what each has to be; all have to fit. None: every alert fits. */
export type Match = Readonly<Record<string, Wanted>>;

/** Whether an alert fits. */
export type Matcher = (alert: SeenAlert) => boolean;

type Test = (values: readonly string[]) => boolean;

const KEYS = ["not", "regex", "notRegex", "exists"];

/** Longest text that is compared, in characters: what is longer is compared by its beginning. */
const LONGEST_VALUE = 10_000;
const MOST_FIELDS = 50;
const MOST_VALUES = 1_000;
const LONGEST_PATTERN = 1_000;

/**
 * Reads what alerts have to be.
 *
 * @throws {Error} naming the field, for whoever names the place.
 */
export const readMatch = (match: unknown): Matcher => {
  if (typeof match !== "object" || match === null || Array.isArray(match))
    throw new Error(`expected an object of fields, such as { severity: "CRITICAL" }, received ${shown(match)}`);
  const fields = Object.entries(match);
  if (fields.length > MOST_FIELDS) throw new Error(`expected at most ${MOST_FIELDS} fields, received ${fields.length}`);
  const tests = fields.map(([field, wanted]) => ({ field, test: readWanted(field, wanted) }));
  return (alert) => tests.every(({ field, test }) => test(valuesOf(alert, field)));
};

const valuesOf = (alert: SeenAlert, field: string): readonly string[] =>
  alertValues(alert, field).map((value) => value.slice(0, LONGEST_VALUE));

const readWanted = (field: string, wanted: unknown): Test => {
  if (field === "" || field.length > 500) throw new Error("a name of a field is empty or longer than 500 characters");
  if (typeof wanted !== "object" || wanted === null || Array.isArray(wanted)) return some(oneOf(field, wanted));
  const unknown = Object.keys(wanted).find((key) => !KEYS.includes(key));
  if (unknown !== undefined || Object.keys(wanted).length === 0)
    throw new Error(`${field}: expected some of ${KEYS.join(", ")}, received ${shown(wanted)}`);
  const { not, regex, notRegex, exists } = wanted as WantedOptions;
  const tests: Test[] = [];
  if (not !== undefined) tests.push(none(oneOf(field, not)));
  if (regex !== undefined) tests.push(some(fitsRegex(field, regex)));
  if (notRegex !== undefined) tests.push(none(fitsRegex(field, notRegex)));
  if (exists !== undefined) tests.push(readExists(field, exists));
  return (values) => tests.every((test) => test(values));
};

const some =
  (fits: (value: string) => boolean): Test =>
  (values) =>
    values.some(fits);

const none =
  (fits: (value: string) => boolean): Test =>
  (values) =>
    !values.some(fits);

const readExists = (field: string, exists: unknown): Test => {
  if (typeof exists === "boolean") return (values) => values.length > 0 === exists;
  throw new Error(`${field}: expected exists to be true or false, received ${shown(exists)}`);
};

const oneOf = (field: string, wanted: unknown): ((value: string) => boolean) => {
  const all: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  if (all.length === 0 || all.length > MOST_VALUES)
    throw new Error(`${field}: expected 1 to ${MOST_VALUES} values, received ${all.length}`);
  const texts = all.map((value) => {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
    throw new Error(`${field}: expected a text or a list of texts, received ${shown(value)}`);
  });
  const exact = new Set(texts.filter((text) => !/[*?]/.test(text)));
  const patterns = texts.filter((text) => !exact.has(text));
  if (patterns.length === 0) return (value) => exact.has(value);
  // RE2 takes time in proportion to the text, whatever the pattern: texts of alerts are hostile.
  const pattern = compiled(field, patterns.map(patternOf).join("|"));
  return (value) => exact.has(value) || pattern.matcher(value).matches();
};

const patternOf = (text: string): string =>
  `(?s:${Array.from(text, (char) => (char === "*" ? ".*" : char === "?" ? "." : RE2JS.quote(char))).join("")})`;

const fitsRegex = (field: string, regex: unknown): ((value: string) => boolean) => {
  if (typeof regex !== "string" || regex === "" || regex.length > LONGEST_PATTERN)
    throw new Error(
      `${field}: expected a regular expression of at most ${LONGEST_PATTERN} characters, received ${shown(regex)}`,
    );
  const pattern = compiled(field, regex);
  return (value) => pattern.matcher(value).matches();
};

const compiled = (field: string, pattern: string): RE2JS => {
  try {
    return RE2JS.compile(pattern);
  } catch (cause) {
    throw new Error(`${field}: it is not a regular expression in RE2's syntax: ${messageOf(cause)}`, { cause });
  }
};

const shown = (value: unknown): string => String(value === undefined ? value : JSON.stringify(value)).slice(0, 100);
