import { parseEventJson } from "@mozdef/event-intake";
import { isUtf8 } from "node:buffer";
import type { Limits } from "../config/config-schema.ts";
import { inspectJson } from "./inspect-json.ts";
import { shortenKeys } from "./shorten-keys.ts";
import type { Piece } from "./split-body.ts";

/** What of an event could not be kept as it was. */
export type Damage = "encoding" | "key" | "unmapped" | "time" | "address" | "name" | "shape" | "parser";

/** A JSON value of a body, or why it is refused. */
export type Parsed = ParsedValue | Refusal;

export interface ParsedValue {
  readonly line: number;
  readonly value: unknown;
  readonly damage: readonly Damage[];
  /** The id that the sender chose. */
  readonly id?: string;
  /** The parser that understood it, once it was read; `none`: nobody did. */
  readonly parser?: string;
}

/** Why a value was refused. */
export interface Refusal {
  readonly line: number;
  readonly code: string;
  readonly reason: string;
}

export const isRefusal = (parsed: Parsed): parsed is Refusal => "reason" in parsed;

export type PieceLimits = Pick<Limits, "eventBytes" | "keyBytes">;

/** Elasticsearch refuses objects that are nested deeper (`index.mapping.depth.limit`). */
const MAX_DEPTH = 20;

/**
 * Reads one value of a body. Size and depth are looked at before any object is made of it. A JSON text that holds JSON, which
 * senders make by encoding twice, counts as what it holds.
 */
export const parsePiece = (body: Buffer, { line, start, end }: Piece, limits: PieceLimits): Parsed => {
  const parsed = parseBytes(body.subarray(start, end), line, limits);
  if (isRefusal(parsed) || typeof parsed.value !== "string") return parsed;
  const inner = parseBytes(Buffer.from(parsed.value), line, limits);
  if (isRefusal(inner)) return inner;
  if (typeof inner.value === "string")
    return { line, code: "EVENT_INVALID", reason: "expected a JSON object, received a text in a text" };
  return { ...inner, damage: [...parsed.damage, ...inner.damage] };
};

/** Takes one line of a log as it is. */
export const parseLine = (body: Buffer, { line, start, end }: Piece, { eventBytes }: PieceLimits): Parsed => {
  if (end - start > eventBytes) return tooLarge(line, end - start, eventBytes);
  const bytes = body.subarray(start, end);
  return { line, value: bytes.toString("utf8"), damage: isUtf8(bytes) ? [] : ["encoding"] };
};

const tooLarge = (line: number, bytes: number, most: number): Refusal => ({
  line,
  code: "EVENT_TOO_LARGE",
  reason: `it has ${bytes} bytes, the limit is ${most} (limits.eventBytes)`,
});

const parseBytes = (bytes: Buffer, line: number, { eventBytes, keyBytes }: PieceLimits): Parsed => {
  const refuse = (code: string, reason: string): Refusal => ({ line, code, reason });
  if (bytes.length > eventBytes) return tooLarge(line, bytes.length, eventBytes);
  const { depth, longestKey } = inspectJson(bytes);
  if (depth > MAX_DEPTH) return refuse("EVENT_TOO_DEEP", `it is nested deeper than ${MAX_DEPTH} levels`);
  const damage: Damage[] = isUtf8(bytes) ? [] : ["encoding"];
  try {
    const value = parseEventJson(bytes.toString("utf8"));
    if (longestKey <= keyBytes) return { line, value, damage };
    return { line, value: shortenKeys(value, keyBytes), damage: [...damage, "key"] };
  } catch (error) {
    return refuse("BODY_INVALID", `not JSON: ${(error as SyntaxError).message.slice(0, 200)}`);
  }
};
