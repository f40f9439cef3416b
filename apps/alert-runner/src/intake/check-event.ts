import { isRefusal, type Parsed, type Refusal } from "./parse-lines.ts";

/** Elasticsearch refuses objects that are nested deeper (`index.mapping.depth.limit`). */
const MAX_DEPTH = 20;

/** Why a value cannot be an event that the store takes, whatever its fields; undefined when it can. */
export const checkEvent = (parsed: Parsed, maxBytes: number): Refusal | undefined => {
  if (isRefusal(parsed)) return parsed;
  const { line, value } = parsed;
  const refuse = (reason: string): Refusal => ({ line, code: "EVENT_INVALID", reason });
  if (isDeeperThan(value, MAX_DEPTH)) return refuse(`it is nested deeper than ${MAX_DEPTH} levels`);
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > maxBytes) return refuse(`it has ${bytes} bytes, the limit is ${maxBytes} (limits.eventBytes)`);
  return undefined;
};

/** Stops at the limit, so that a hostile event costs no more than a good one. */
const isDeeperThan = (value: unknown, levels: number): boolean => {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
};
