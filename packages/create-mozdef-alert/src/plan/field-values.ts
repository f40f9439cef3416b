import type { EventField } from "../names/event-field.ts";
import type { SampleEvent } from "../event/sample-event.ts";

type Scalar = string | number | boolean;

/** Two values of the field that makes the groups, for the test. The first is that of the sample event, when it has one. */
export const fieldValues = (
  { name, values }: EventField,
  sample: SampleEvent | null,
): readonly [first: Scalar, second: Scalar] => {
  const known = sample === null ? undefined : scalarAt(sample.fields, name.split("."));
  if (values === "address") return twoOf(known, ["192.0.2.7", "192.0.2.8"]);
  if (values === "boolean") return typeof known === "boolean" ? [known, !known] : [true, false];
  if (typeof known === "number") return [known, known + 1];
  if (values === "number") return [1, 2];
  if (typeof known === "boolean") return [known, !known];
  return twoOf(known, ["one", "another"]);
};

const twoOf = (known: Scalar | undefined, [first, second]: readonly [string, string]): readonly [Scalar, Scalar] =>
  typeof known === "string" ? [known, known === second ? first : second] : [first, second];

const scalarAt = (value: unknown, [part, ...rest]: readonly string[]): Scalar | undefined => {
  if (part === undefined) return isScalar(value) ? value : undefined;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
  return scalarAt(Reflect.get(value, part), rest);
};

const isScalar = (value: unknown): value is Scalar =>
  (typeof value === "string" && value !== "") || typeof value === "boolean" || Number.isSafeInteger(value);

/** The event with a value put in at a path. Lists and texts in the way are replaced. */
export const withValue = (event: unknown, [part, ...rest]: readonly string[], value: Scalar | null): unknown => {
  if (part === undefined) return value;
  const fields: object = typeof event === "object" && event !== null && !Array.isArray(event) ? event : {};
  const inner: unknown = Object.hasOwn(fields, part) ? Reflect.get(fields, part) : undefined;
  return { ...fields, [part]: withValue(inner, rest, value) };
};

/** Whether the sample event can be grouped by a field. */
export const hasValue = (sample: SampleEvent, name: string): boolean =>
  scalarAt(sample.fields, name.split(".")) !== undefined;
