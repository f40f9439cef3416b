import { Serializer } from "@elastic/elasticsearch";
import { type JsonLine, JsonLines } from "./http/json-lines.ts";
import { isPlainJson } from "./json/plain-json.ts";

/**
 * The lines of a bulk request, each with the object that it was made of.
 *
 * @returns undefined when they have to be joined to a text to know what its lines are.
 * @throws what the serializer throws.
 */
export const linesOfBulk = (parts: readonly unknown[], serializer: Serializer): JsonLines | undefined => {
  if (parts.length === 0) return undefined;
  const isOwn = serializer.serialize === Serializer.prototype.serialize;
  const lines: JsonLine[] = [];
  for (const part of parts) {
    const line = typeof part === "string" ? lineOfText(part) : lineOf(part, serializer, isOwn);
    if (line === undefined) return undefined;
    lines.push(line);
  }
  return new JsonLines(lines);
};

const lineOfText = (text: string): JsonLine | undefined =>
  text.includes("\n") || text.endsWith("\r") ? undefined : { text };

const lineOf = (part: unknown, serializer: Serializer, isOwn: boolean): JsonLine | undefined => {
  if (typeof part !== "object" || part === null) return undefined;
  const text: unknown = serializer.serialize(part as Record<string, unknown>);
  if (typeof text !== "string") return undefined;
  return isOwn && isPlainJson(part) ? { text, value: part } : isOwn ? { text } : lineOfText(text);
};
