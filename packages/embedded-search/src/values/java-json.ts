import { isObject, type Json, JsonNumber } from "../json/json.ts";
import { RawJson, type Writable } from "../json/write-json.ts";
import { javaText } from "./java-number.ts";

/** JSON that Java has read and writes again: its numbers look like Java's. */
export const asJava = (json: Json): Writable => {
  if (typeof json === "number" || json instanceof JsonNumber) return new RawJson(javaText(json));
  if (Array.isArray(json)) return (json as readonly Json[]).map(asJava);
  if (!isObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, asJava(value)]));
};
