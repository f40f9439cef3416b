import { type Duration, fieldNamed } from "@mozdef/query";
import { durationMs, FIELD_KINDS, preview } from "@mozdef/query/tools";
import { AlertError } from "../alert-error.ts";

type Check = readonly [expected: string, fits: (value: unknown) => boolean];

/** Whether what a configuration says of a source can be one. It may come from JavaScript or YAML, so nothing is taken for granted. */
export const checkSource = (made: string, options: unknown): void => {
  if (!isRecord(options)) throw invalid(made, "options", "an object with at least indices", options);
  for (const key of Object.keys(options))
    if (!Object.hasOwn(CHECKS, key))
      throw invalid(made, key, `no such key; known are ${Object.keys(CHECKS).join(", ")}`, options[key]);
  if (made === "mozdefSource" && options.names !== undefined)
    throw invalid(made, "names", "none: its events have MozDef's names", options.names);
  for (const [key, [expected, fits]] of Object.entries(CHECKS))
    if (!(key !== "indices" && options[key] === undefined) && !fits(options[key]))
      throw invalid(made, key, expected, options[key]);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

const isField = (value: unknown): boolean => {
  try {
    return fieldNamed(value as string) === value && !value.split(".").includes("__proto__");
  } catch {
    return false;
  }
};

const isListOf = (value: unknown, fits: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(fits);

const isTableOf = (value: unknown, fits: (item: unknown) => boolean, isKey = (_: string) => true): boolean =>
  isRecord(value) && Object.entries(value).every(([key, item]) => isKey(key) && fits(item));

const isStandIn = (value: unknown): boolean =>
  isField(value) || (isRecord(value) && (isText(value.field) ? isOtherField(value) : isSameValue(value)));

const hasOnly = (value: Readonly<Record<string, unknown>>, keys: readonly string[]): boolean =>
  Object.keys(value).every((key) => keys.includes(key));

const isOtherField = (value: Readonly<Record<string, unknown>>): boolean =>
  hasOnly(value, ["field", "also", "values"]) &&
  isField(value.field) &&
  (value.also === undefined || isListOf(value.also, isField)) &&
  (value.values === undefined || isTableOf(value.values, (one) => isText(one) || isListOf(one, isText)));

const isSameValue = (value: Readonly<Record<string, unknown>>): boolean =>
  hasOnly(value, ["value"]) && isText(value.value);

const isDuration = (value: unknown): boolean => {
  try {
    return durationMs(value as Duration) > 0;
  } catch {
    return false;
  }
};

const CHECKS: Readonly<Record<string, Check>> = {
  indices: ["a list of at least one index, alias, data stream or pattern", (value) => isListOf(value, isText)],
  time: ["a list of at least one date field", (value) => isListOf(value, isField)],
  received: ["the name of a date field", isField],
  fields: [
    `an object with one of ${FIELD_KINDS.join(", ")} for each field`,
    (value) => isTableOf(value, (kind) => (FIELD_KINDS as readonly unknown[]).includes(kind), isField),
  ],
  names: [
    'an object with a field, { field, also?, values? } or { value } for each of MozDef\'s fields, such as { hostname: "host.name" }',
    (value) => isTableOf(value, isStandIn, isField),
  ],
  delay: ["an amount of time such as { seconds: 30 }", isDuration],
  store: ["an object as `store` of the configuration, with node or cloudId", isRecord],
};

const invalid = (made: string, key: string, expected: string, value: unknown): AlertError =>
  new AlertError(
    "SOURCE_INVALID",
    `${made}(options): wrong "${key}". Expected: ${expected}. Received: ${preview(value)}.`,
  );
