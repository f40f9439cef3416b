import { readdirSync, readFileSync } from "node:fs";
import { isObject } from "../src/event/json.ts";
import { splitValues } from "../src/lines/split-values.ts";

/** Logs of products and shippers as they are. */
const FEEDS = new URL("../../all-packs/test/feeds/", import.meta.url);

/** What is mutated. */
export interface Samples {
  /** Lines and documents, a list for each log. */
  readonly logs: readonly (readonly string[])[];
  readonly lines: readonly string[];
  /** Names in documents, at any depth. */
  readonly names: readonly string[];
}

export const readSamples = (): Samples => {
  const files = readdirSync(FEEDS).filter((name) => /\.(?:log|json|ndjson)$/.test(name));
  const logs = files
    .sort()
    .map((name) => splitValues(readFileSync(new URL(name, FEEDS), "utf8")).map(({ text }) => text.trim()))
    .map((lines) => lines.filter((line) => line !== ""));
  const lines = logs.flat();
  return { logs, lines, names: [...new Set(lines.flatMap((line) => namesIn(parsed(line))))] };
};

/** undefined when the text is no JSON. */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const namesIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return isObject(value) ? Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]) : [];
};
