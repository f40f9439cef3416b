import { factsOf } from "./text-facts.ts";

/** Part of ECMAScript and of Node.js since 21, not yet of TypeScript's library. */
const { rawJSON: rawJson } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

/** A number whose source text JavaScript would not print back: `1.0`, `1e3`, or more digits than a double holds. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get value(): number {
    return Number(this.text);
  }

  toString(): string {
    return this.text;
  }

  /** So that `JSON.stringify` keeps all digits, too. */
  toJSON(): unknown {
    return rawJson(this.text);
  }
}

/** A non-null leaf of a request or document. */
export type Scalar = string | number | boolean | JsonNumber;

/** Any JSON value. Objects are plain; read their keys with `Object.hasOwn` or `Object.entries`. */
export type Json = null | Scalar | readonly Json[] | JsonObject;

/** A JSON object with open keys. */
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);

export const isScalar = (value: unknown): value is Scalar =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value instanceof JsonNumber;

/**
 * Parses JSON without losing digits: a number that a double would change is a {@link JsonNumber}.
 *
 * @param facts - Of the text, when already known.
 * @throws {SyntaxError} when the text is not JSON.
 */
export const parseJson = (text: string, { losesDigits } = factsOf(text)): Json =>
  (losesDigits ? JSON.parse(text, keepNumber) : JSON.parse(text)) as Json;

const keepNumber = (_key: string, value: unknown, context?: { source?: string }): unknown => {
  if (typeof value !== "number" || context?.source === undefined) return value;
  return String(value) === context.source ? value : new JsonNumber(context.source);
};

/** The number a JSON leaf holds, or undefined when it is not a number. */
export const numberOf = (value: unknown): number | undefined => {
  if (typeof value === "number") return value;
  return value instanceof JsonNumber ? value.value : undefined;
};

/** JSON as shown in a message: text without quotes, anything else as JSON. */
export const showJson = (value: Json | undefined): string => {
  if (value === undefined) return "";
  return isScalar(value) ? String(value) : JSON.stringify(value);
};

/** What Elasticsearch calls the start of a JSON value. */
export const tokenOf = (value: Json): string => {
  if (Array.isArray(value)) return "START_ARRAY";
  if (isObject(value)) return "START_OBJECT";
  if (value === null) return "VALUE_NULL";
  return typeof value === "string" ? "VALUE_STRING" : typeof value === "boolean" ? "VALUE_BOOLEAN" : "VALUE_NUMBER";
};
