import { parseEventJson } from "@mozdef/alert-store";
import { isUtf8 } from "node:buffer";
import type { Limits } from "../config/config-schema.ts";
import { inspectJson } from "./inspect-json.ts";
import { shortenKeys } from "./shorten-keys.ts";
import type { Piece } from "./split-body.ts";

/** What of an event could not be kept as it was. */
export type Damage = "encoding" | "key" | "unmapped";

/** A JSON value of a body, or why it is refused. */
export type Parsed = ParsedValue | Refusal;

export interface ParsedValue {
  readonly line: number;
  readonly value: unknown;
  readonly damage: readonly Damage[];
  /** The id that the sender chose. */
  readonly id?: string;
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

const parseBytes = (bytes: Buffer, line: number, { eventBytes, keyBytes }: PieceLimits): Parsed => {
  const refuse = (code: string, reason: string): Refusal => ({ line, code, reason });
  if (bytes.length > eventBytes)
    return refuse("EVENT_TOO_LARGE", `it has ${bytes.length} bytes, the limit is ${eventBytes} (limits.eventBytes)`);
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
