import { JsonNumber } from "./json.ts";
import { Double, RawJson, type Writable } from "./write-json.ts";

/**
 * What reading the JSON of an answer would give, in objects of its own.
 *
 * @param read - Reads JSON text: of what is text already, and of numbers that need all their digits.
 * @returns undefined when it has to be written and read for that: a key is one that JSON reads in another way than an assignment.
 */
export const plainAnswer = (answer: Writable, read: (text: string) => unknown): unknown => {
  try {
    return copyOf(answer, read);
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
};

class NotPlain extends Error {}

const copyOf = (value: Writable, read: (text: string) => unknown): unknown => {
  if (typeof value === "bigint") return read(String(value));
  // The sign of nothing is not written.
  if (typeof value === "number") return value + 0;
  if (typeof value !== "object") return value ?? null;
  if (value === null) return null;
  if (value instanceof RawJson || value instanceof JsonNumber) return read(value.text);
  if (value instanceof Double) return Number.isFinite(value.value) ? value.value : String(value.value);
  if (Array.isArray(value)) return (value as readonly Writable[]).map((item) => copyOf(item, read));
  return copyOfObject(value as Readonly<Record<string, Writable>>, read);
};

const copyOfObject = (object: Readonly<Record<string, Writable>>, read: (text: string) => unknown): unknown => {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value === undefined) continue;
    if (key === "__proto__") throw new NotPlain();
    copy[key] = copyOf(value, read);
  }
  return copy;
};
