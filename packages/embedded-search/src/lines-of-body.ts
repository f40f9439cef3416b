import { Serializer } from "@elastic/elasticsearch";
import { type JsonLine, JsonLines, PlainLine } from "./http/json-lines.ts";
import type { JsonObject } from "./json/json.ts";
import { plainLength } from "./json/plain-json.ts";

/**
 * The lines of a request that has several, as objects where they are what their JSON says.
 *
 * @returns undefined when they have to be joined to a text to know what its lines are.
 * @throws what the serializer throws.
 */
export const linesOfBody = (parts: readonly unknown[], serializer: Serializer): JsonLines | undefined => {
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
  const longest = isOwn ? plainLength(part) : undefined;
  if (longest !== undefined) return new PlainLine(part as JsonObject, longest);
  const text: unknown = serializer.serialize(part as Record<string, unknown>);
  if (typeof text !== "string") return undefined;
  return isOwn ? { text } : lineOfText(text);
};
