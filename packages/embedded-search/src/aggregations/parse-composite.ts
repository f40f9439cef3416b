import { illegalArgument, parsingError, unsupported } from "../http/store-error.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { BodyReader } from "../recipe/read-body.ts";
import { type CompositeSource } from "./composite.ts";
import { readInterval } from "./parse-date-histogram.ts";
import { isDescending } from "./parse-terms.ts";

/** A composite aggregation, defaults filled in. */
export interface CompositeOptions {
  readonly sources: readonly CompositeSource[];
  readonly size: number;
  readonly after: JsonObject | undefined;
}

export function parseComposite(body: JsonObject): CompositeOptions {
  const reader = new BodyReader("composite", body);
  const declared = reader.take("sources");
  const size = reader.integer("size", 10);
  const after = reader.take("after");
  reader.end();
  if (size <= 0) throw illegalArgument(`[size] must be greater than 0. Found [${size}] in [composite]`);
  const items = Array.isArray(declared) ? (declared as readonly Json[]) : declared === undefined ? [] : [declared];
  if (items.length === 0) throw illegalArgument("Composite [sources] cannot be null or empty");
  const sources = items.map(parseSource);
  const names = sources.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw illegalArgument(`Composite source names must be unique, found duplicates: [${twice}]`);
  return { sources, size, after: isObject(after) ? after : undefined };
}

function parseSource(json: Json): CompositeSource {
  const [entry] = isObject(json) ? Object.entries(json) : [];
  const [kindEntry] = entry && isObject(entry[1]) ? Object.entries(entry[1]) : [];
  if (!entry || !kindEntry || !isObject(kindEntry[1])) throw parsingError("[composite] malformed source");
  const [kind, body] = [kindEntry[0], kindEntry[1]];
  if (kind === "histogram" || kind === "geotile_grid") throw unsupported(`The [composite] source [${kind}]`);
  if (kind !== "terms" && kind !== "date_histogram") throw parsingError(`invalid source type: ${kind}`);
  const reader = new BodyReader(kind, body);
  reader.refuse("script", "missing_order");
  const field = reader.text("field");
  if (field === undefined) throw illegalArgument("Required one of fields [field, script], but none were specified.");
  const source: CompositeSource = {
    name: entry[0],
    field,
    descending: isDescending(reader.text("order") ?? "asc"),
    missingBucket: reader.flag("missing_bucket", false),
    interval: kind === "terms" ? undefined : readInterval(reader),
  };
  reader.end();
  return source;
}
