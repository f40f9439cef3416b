import type { Contrast } from "./contrast.ts";
import { ABOUT_ONE_EVENT, KIND_OF_THING, TELLING } from "./propose-clauses.ts";

type Json = Readonly<Record<string, unknown>>;

/** A field that all events have, with different values. */
export interface DifferingField {
  readonly field: string;
  /** How many. */
  readonly values: number;
  /** The value that most events have, and how many those are. */
  readonly most: string | number | boolean;
  readonly count: number;
}

/** What several events have in common, and what tells them apart. */
export interface Comparison {
  /** An event of what all of them have. */
  readonly shared: Json;
  /** Those that make the largest groups first; fields of which every event has its own value last. */
  readonly differing: readonly DifferingField[];
  /** Fields that say which sort of event it is, those by which products say so first. */
  readonly contrasts: readonly Contrast[];
}

/** Compares events, at the top level and below `details`. One event shares all that it has. */
export const compareEvents = (events: readonly Json[]): Comparison => {
  const [first = {}] = events;
  if (events.length < 2) return { shared: first, differing: [], contrasts: [] };
  const fields = countedFields(events).filter(({ values }) => sum(values) === events.length);
  const differing = fields
    .filter(({ values }) => values.size > 1)
    .map(({ field, values }) => ({ field, values: values.size, ...mostCommon(values) }))
    .sort((a, b) => b.count - a.count || (a.field < b.field ? -1 : 1));
  return {
    shared: sharedOf(events, new Set(fields.filter(({ values }) => values.size === 1).map(({ field }) => field))),
    differing,
    contrasts: fields.flatMap(contrastOf).sort((a, b) => rankOf(a.field) - rankOf(b.field)),
  };
};

type Scalar = string | number | boolean;

interface CountedField {
  readonly field: string;
  readonly values: ReadonlyMap<Scalar, number>;
}

const DETAILS = "details";

/** How often each value of a field occurs. */
const countedFields = (events: readonly Json[]): readonly CountedField[] => {
  const fields = new Map<string, Map<Scalar, number>>();
  for (const event of events)
    for (const [field, value] of scalarsOf(event)) {
      const values = fields.get(field) ?? new Map<Scalar, number>();
      values.set(value, (values.get(value) ?? 0) + 1);
      fields.set(field, values);
    }
  return [...fields].map(([field, values]) => ({ field, values }));
};

const scalarsOf = (event: Json): readonly (readonly [field: string, value: Scalar])[] => {
  const details: unknown = event[DETAILS];
  const below: readonly (readonly [string, unknown])[] = isObject(details)
    ? Object.entries(details).map(([key, value]) => [`${DETAILS}.${key}`, value] as const)
    : [];
  return [...Object.entries(event), ...below].flatMap(([field, value]) => (isScalar(value) ? [[field, value]] : []));
};

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): value is Scalar =>
  (typeof value === "string" && value !== "") || typeof value === "boolean" || Number.isSafeInteger(value);

const sum = (values: ReadonlyMap<Scalar, number>): number => [...values.values()].reduce((all, one) => all + one, 0);

const mostCommon = (values: ReadonlyMap<Scalar, number>): Pick<DifferingField, "most" | "count"> => {
  const [most = "", count = 0] = sortedByCount(values)[0] ?? [];
  return { most, count };
};

const sortedByCount = (values: ReadonlyMap<Scalar, number>): readonly (readonly [Scalar, number])[] =>
  [...values].sort(([, a], [, b]) => b - a);

/** What is different from event to event is left out; of summaries the words with which all begin are kept, of tags those of all. */
const sharedOf = (events: readonly Json[], same: ReadonlySet<string>): Json => {
  const [first = {}] = events;
  const details = isObject(first[DETAILS])
    ? Object.fromEntries(Object.entries(first[DETAILS]).filter(([key]) => same.has(`${DETAILS}.${key}`)))
    : {};
  const words = events.map(({ summary }) => (typeof summary === "string" ? summary.trim().split(/\s+/) : []));
  const end = (words[0] ?? []).findIndex((word, at) => words.some((others) => others[at] !== word));
  const summary = (words[0] ?? []).slice(0, end === -1 ? undefined : end).join(" ");
  const tags = textsOf(first.tags).filter((tag) => events.every((event) => textsOf(event.tags).includes(tag)));
  return {
    ...Object.fromEntries(Object.entries(first).filter(([key]) => same.has(key))),
    ...(summary !== "" && { summary }),
    ...(tags.length > 0 && { tags }),
    [DETAILS]: details,
  };
};

const textsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** More of them are rather names of things than sorts of events. */
const MOST_SORTS = 12;

const contrastOf = ({ field, values }: CountedField): readonly Contrast[] => {
  const [[first] = [], [second] = []] = sortedByCount(values);
  if (!field.startsWith(`${DETAILS}.`) || !/^[\w.-]+$/.test(field)) return [];
  if (ABOUT_ONE_EVENT.test(field) || values.size > MOST_SORTS) return [];
  return isSort(first) && isSort(second) ? [{ field, first, second }] : [];
};

const isSort = (value: Scalar | undefined): value is string | boolean =>
  typeof value === "boolean" || (typeof value === "string" && KIND_OF_THING.test(value));

/** How an event ended tells more than what it is called. */
const rankOf = (field: string): number => {
  const at = TELLING.indexOf(field.slice(DETAILS.length + 1).toLowerCase());
  return at === -1 ? TELLING.length : TELLING.length - 1 - at;
};
