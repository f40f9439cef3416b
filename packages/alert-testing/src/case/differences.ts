import { isPlainObject } from "../build/merge.ts";

/** One place in which what came is not what was expected. */
export interface Difference {
  /** Dotted, `tags[1]` for elements; empty for the whole value. */
  readonly path: string;
  readonly expected: string;
  readonly received: string;
}

/**
 * Where `received` is not as expected. Objects are compared by the keys of `expected` only, lists element by element and in
 * length. A regular expression stands for any text it matches; an object with `asymmetricMatch` decides itself.
 */
export const differences = (expected: unknown, received: unknown, path = ""): readonly Difference[] => {
  if (isMatcher(expected)) return expected.asymmetricMatch(received) ? [] : [difference(path, expected, received)];
  if (expected instanceof RegExp)
    return typeof received === "string" && expected.test(received) ? [] : [difference(path, expected, received)];
  if (Array.isArray(expected) && Array.isArray(received)) return listDifferences(expected, received, path);
  if (isPlainObject(expected) && isPlainObject(received))
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(
        value,
        Object.hasOwn(received, key) ? received[key] : undefined,
        path === "" ? key : `${path}.${key}`,
      ),
    );
  return Object.is(expected, received) ? [] : [difference(path, expected, received)];
};

const listDifferences = (
  expected: readonly unknown[],
  received: readonly unknown[],
  path: string,
): readonly Difference[] =>
  Array.from({ length: Math.max(expected.length, received.length) }).flatMap((_, index) => {
    const place = `${path}[${index}]`;
    if (index >= expected.length) return [{ path: place, expected: "nothing", received: shown(received[index]) }];
    return differences(expected[index], received[index], place);
  });

interface Matcher {
  asymmetricMatch(received: unknown): boolean;
}

const isMatcher = (value: unknown): value is Matcher =>
  typeof value === "object" &&
  value !== null &&
  "asymmetricMatch" in value &&
  typeof value.asymmetricMatch === "function";

const difference = (path: string, expected: unknown, received: unknown): Difference => ({
  path,
  expected: shown(expected),
  received: received === undefined ? "nothing: it is never set" : shown(received),
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

/** Only what differs, one place after the other. */
export const printDifferences = (list: readonly Difference[]): string =>
  list
    .map(({ path, expected, received }) =>
      [`  ${path === "" ? "value" : path}`, `    expected: ${expected}`, `    received: ${received}`].join("\n"),
    )
    .join("\n");
