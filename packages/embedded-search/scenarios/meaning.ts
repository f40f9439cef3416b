import type { Answer } from "./run-scenario.ts";
import type { JsonValue } from "./scenario.ts";

/** What one server says and another does not, and no caller goes by: how it is spread, what a version adds. */
const WORDING: ReadonlySet<string> = new Set([
  ...["_shards", "_clusters", "_primary_term", "_seq_no", "_version", "_type", "_ignored", "ignored_field_values"],
  ...["error", "errors", "max_score", "_score", "terminated_early", "num_reduce_phases", "doc_count_error_upper_bound"],
]);

/** Requests whose answers hold documents or are computed from them. Of others, such as the settings of an index, the status is all that counts. */
const READS = /\/_(?:search|msearch|count|doc|source|mget|bulk|create|update|field_caps|analyze)\b/;

const withoutWording = (value: JsonValue): JsonValue => {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(withoutWording);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (WORDING.has(key) ? [] : [[key, withoutWording(item)]])),
  );
};

/** What an answer means to whoever asked: an error by its status, documents, counts and buckets without the wording of a version. */
export const meaningOf = ({ request, status, body }: Answer): JsonValue =>
  status >= 400 || !READS.test(request) ? { status } : { status, body: withoutWording(body) };
