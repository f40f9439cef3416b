import type { JsonValue } from "./scenario.ts";

/** Values that differ from run to run, or from store to store without consequence. */
const VARYING = new Map<string, JsonValue>([
  ["took", 0],
  ["index_uuid", "<uuid>"],
  ["uuid", "<uuid>"],
  ["creation_date", "<time>"],
  ["created_date", "<time>"],
  ["created_date_millis", "<time>"],
  ["modified_date", "<time>"],
  ["modified_date_millis", "<time>"],
  ["created", "<version>"],
  ["node", "<node>"],
  ["pit_id", "<pit>"],
]);

const AUTOMATIC_ID = /^[\w-]{20}$/;

/** Places of JSON errors and lists of expected tokens: wording of the server's libraries, not of Elasticsearch. */
const normalizeReason = (reason: string): string =>
  reason
    .replace(/with id '[\w-]{20}'/g, "with id '<automatic>'")
    .replace(/\[\[[\w-]{22}\]\[\d+\] searcherId \[null\]\]/g, "[<uuid>]")
    .replace(/^(.*Determinizing automaton with )\d+ states and \d+( transitions)/, "$1N states and N$2")
    .replace(/\nWas expecting[^]*$/, "")
    .replace(/ at \[Source: [^]*$/, "")
    .replace(/\/[\w-]{22}\]/g, "/<uuid>]")
    .replace(/\[[\w-]{22}\]/g, "[<uuid>]")
    .replace(/"index_uuid": "[\w-]{22}"/g, '"index_uuid": "<uuid>"');

/** Java's own classes say why a date could not be read, in words that differ from format to format. */
const isJavaDateError = (value: JsonValue): boolean =>
  value !== null && typeof value === "object" && "type" in value && value.type === "date_time_parse_exception";

/** As are the reasons why a regular expression is none. */
const isJavaPatternError = (value: JsonValue): boolean =>
  value !== null && typeof value === "object" && "type" in value && value.type === "pattern_syntax_exception";

const normalizeEntry = (key: string, value: JsonValue): JsonValue => {
  if (typeof value === "boolean") return value;
  const fixed = VARYING.get(key);
  if (fixed !== undefined) return fixed;
  if (key === "reason" && typeof value === "string") return normalizeReason(value);
  if ((key === "_id" || key === "id") && typeof value === "string") {
    if (value.length > 40) return "<pit>";
    if (AUTOMATIC_ID.test(value)) return "<automatic>";
  }
  return normalize(value);
};

/** Replaces what varies, so that answers of two stores can be compared. */
export const normalize = (value: JsonValue): JsonValue => {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(normalize);
  if (isJavaPatternError(value)) return { type: "pattern_syntax_exception" };
  if (isJavaDateError(value)) return { type: "date_time_parse_exception" };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, normalizeEntry(key, item)]));
};
