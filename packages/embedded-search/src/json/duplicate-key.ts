import { type Json, JsonNumber } from "./json.ts";
import { type JsonToken, scanJson } from "./scan-json.ts";
import { factsOf } from "./text-facts.ts";

const keysIn = (value: unknown): number => {
  if (typeof value !== "object" || value === null || value instanceof JsonNumber) return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + keysIn(item), 0);
  let count = 0;
  for (const key of Object.keys(value)) count += 1 + keysIn((value as Record<string, unknown>)[key]);
  return count;
};

/**
 * The second key of the same name in one object, which a parsed value no longer shows; undefined when there is none.
 *
 * Comparing the number of keys in text and value shows whether there is one; only then is it searched for.
 */
export const duplicateKey = (text: string, value: Json, { keys } = factsOf(text)): JsonToken | undefined => {
  if (keys === keysIn(value)) return undefined;
  const open: Set<string>[] = [];
  for (const token of scanJson(text))
    if (token.kind === "open") open.push(new Set());
    else if (token.kind === "close") open.pop();
    else if (token.kind === "key") {
      const name = JSON.parse(text.slice(token.start, token.end)) as string;
      const names = open.at(-1);
      if (names?.has(name)) return token;
      names?.add(name);
    }
  return undefined;
};
