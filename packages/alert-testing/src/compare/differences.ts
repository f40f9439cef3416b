import { isPlainObject } from "../build/merge.ts";

/** One place in which what came is not what was expected. */
export interface Difference {
  /** Dotted, `tags[1]` for elements; empty for the whole value. */
  readonly path: string;
  readonly expected: string;
  readonly received: string;
}

/** A place as it was found, before it is described: most of them are only counted. */
interface Place {
  readonly path: string;
  readonly expected: unknown;
  readonly received: unknown;
  /** A received list is longer than expected. */
  readonly isSurplus: boolean;
}

/**
 * Where `received` is not as expected. Objects are compared by the keys of `expected` only, lists element by element and in
 * length. A regular expression stands for any text it matches; an object with `asymmetricMatch` decides for itself.
 */
export const differences = (expected: unknown, received: unknown, path = ""): readonly Difference[] =>
  places(expected, received, path).map(difference);

/** The number of {@link differences}. */
export const distance = (expected: unknown, received: unknown): number => places(expected, received, "").length;

/** Whether there is no {@link differences}; at a fraction of the cost, since it stops at the first one. */
export const isAsExpected = (expected: unknown, received: unknown): boolean => {
  if (isMatcher(expected)) return expected.asymmetricMatch(received);
  // Unlike `test`, `search` does not go on from where a global expression matched last.
  if (expected instanceof RegExp) return typeof received === "string" && received.search(expected) !== -1;
  if (Array.isArray(expected) && Array.isArray(received))
    return received.length <= expected.length && expected.every((value, index) => isAsExpected(value, received[index]));
  if (isPlainObject(expected) && isPlainObject(received))
    return Object.keys(expected).every((key) => isAsExpected(expected[key], valueOf(received, key)));
  return Object.is(expected, received);
};

const valueOf = (object: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;

const places = (expected: unknown, received: unknown, path: string): readonly Place[] => {
  if (isAsExpected(expected, received)) return [];
  if (isMatcher(expected)) return [{ path, expected, received, isSurplus: false }];
  if (Array.isArray(expected) && Array.isArray(received)) return listPlaces(expected, received, path);
  if (isPlainObject(expected) && isPlainObject(received))
    return Object.entries(expected).flatMap(([key, value]) =>
      places(value, valueOf(received, key), path === "" ? key : `${path}.${key}`),
    );
  return [{ path, expected, received, isSurplus: false }];
};

const listPlaces = (expected: readonly unknown[], received: readonly unknown[], path: string): readonly Place[] =>
  Array.from({ length: Math.max(expected.length, received.length) }).flatMap((_, index) => {
    const place = `${path}[${index}]`;
    if (index >= expected.length)
      return [{ path: place, expected: undefined, received: received[index], isSurplus: true }];
    return places(expected[index], received[index], place);
  });

interface Matcher {
  asymmetricMatch(received: unknown): boolean;
}

const isMatcher = (value: unknown): value is Matcher =>
  typeof value === "object" &&
  value !== null &&
  "asymmetricMatch" in value &&
  typeof value.asymmetricMatch === "function";

const difference = ({ path, expected, received, isSurplus }: Place): Difference => ({
  path,
  expected: shown(expected),
  received: received === undefined && !isSurplus ? "nothing: it is never set" : shown(received),
});

const LONGEST = 300;

const textOf = (value: unknown): string => {
  if (value === undefined) return "nothing";
  if (value instanceof RegExp) return value.toString();
  // Matchers of test runners describe themselves this way.
  if (isMatcher(value)) return Object.prototype.toString.call(value);
  return JSON.stringify(value);
};

/** A value on one line. */
export const shown = (value: unknown): string => {
  const text = textOf(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}... (${text.length} characters)` : text;
};

/** Only what differs, one place after another. */
export const printDifferences = (list: readonly Difference[]): string =>
  list
    .map(({ path, expected, received }) =>
      [`  ${path === "" ? "value" : path}`, `    expected: ${expected}`, `    received: ${received}`].join("\n"),
    )
    .join("\n");
