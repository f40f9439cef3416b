import { parseEventJson } from "@mozdef/event-intake";

/** An event that can be saved, or why it cannot. */
export type ReadEvent =
  | { readonly ok: true; readonly event: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly reason: string };

/** Takes an object, a JSON text of one, or a body with the event under `_source`. */
export const readEvent = (value: unknown): ReadEvent => {
  const parsed = typeof value === "string" ? parse(value) : value;
  if (parsed instanceof SyntaxError) return { ok: false, reason: `it is not JSON: ${parsed.message}` };
  if (!isRecord(parsed)) return { ok: false, reason: `expected a JSON object, received ${kindOf(parsed)}` };
  const event = Object.hasOwn(parsed, "_source") ? parsed._source : parsed;
  if (!isRecord(event))
    return { ok: false, reason: `expected a JSON object under "_source", received ${kindOf(event)}` };
  if (Object.keys(event).length === 0) return { ok: false, reason: "it is empty: expected at least one field" };
  return { ok: true, event };
};

const parse = (text: string): unknown => {
  try {
    return parseEventJson(text);
  } catch (cause) {
    return cause;
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
