import type { JsonValue } from "./scenario.ts";

/**
 * Parses JSON so that numbers keep the way they are written: `1.0` and `1` differ.
 * A number that JavaScript would print another way becomes `{ "$number": text }`.
 */
export const parseLossless = (text: string): JsonValue =>
  JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    if (typeof value !== "number" || context?.source === undefined || String(value) === context.source) return value;
    return { $number: context.source };
  }) as JsonValue;
