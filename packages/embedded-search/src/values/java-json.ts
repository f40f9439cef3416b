import { isObject, type Json, JsonNumber } from "../json/json.ts";
import { RawJson, type Writable, writeJson } from "../json/write-json.ts";
import { javaText } from "./java-number.ts";

/**
 * JSON that Java has read and writes again: its numbers look like Java's, and characters of two surrogates are escaped. That makes
 * the text longer, and errors name columns of it.
 */
export const writeAsJava = (json: Json): string => {
  const text = writeJson(withJavaNumbers(json));
  return ESCAPED.test(text) ? text.replace(ESCAPES, escapeAsJava) : text;
};

const withJavaNumbers = (json: Json): Writable => {
  if (typeof json === "number" || json instanceof JsonNumber) return writtenNumber(javaText(json));
  if (Array.isArray(json)) return (json as readonly Json[]).map(withJavaNumbers);
  if (!isObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, withJavaNumbers(value)]));
};

/** What is beyond a double has no number in JSON. */
const writtenNumber = (text: string): Writable => (text.endsWith("Infinity") ? text : new RawJson(text));

const ESCAPED = /\\u|[\ud800-\udfff]/;
/** Also backslashes before other characters, so that a second one is not taken for the beginning of an escape. */
const ESCAPES = /\\u([0-9a-f]{4})|\\.|[\ud800-\udfff]/g;

const escapeAsJava = (found: string, digits?: string): string => {
  if (digits === undefined && found.startsWith("\\")) return found;
  return `\\u${(digits ?? found.charCodeAt(0).toString(16)).toUpperCase()}`;
};
