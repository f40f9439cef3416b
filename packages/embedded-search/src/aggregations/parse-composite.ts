import { illegalArgument, parsingError, placed, unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { BodyReader, xContentError } from "../recipe/read-body.ts";
import type { CompositeSource } from "./composite.ts";
import { readInterval } from "./parse-date-histogram.ts";
import { isDescending } from "./parse-ranking.ts";

/** A composite aggregation, defaults filled in. */
export interface CompositeOptions {
  readonly sources: readonly CompositeSource[];
  readonly size: number;
  readonly after: JsonObject | undefined;
}

export const parseComposite = (body: JsonObject): CompositeOptions => {
  const reader = new BodyReader("composite", body);
  const sources = reader.within("sources", () => parseSources(reader.take("sources")));
  const size = reader.integer("size", 10);
  const after = reader.take("after");
  reader.endStrict();
  if (size <= 0) throw illegalArgument(`[size] must be greater than 0. Found [${size}] in [composite]`);
  const names = sources.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw illegalArgument(`Composite source names must be unique, found duplicates: [${twice}]`);
  return { sources, size, after: isObject(after) ? after : undefined };
};

const parseSources = (declared: Json | undefined): readonly CompositeSource[] => {
  const items = Array.isArray(declared) ? (declared as readonly Json[]) : declared === undefined ? [] : [declared];
  if (items.length > 0) return items.map(parseSource);
  const cause = illegalArgument("Composite [sources] cannot be null or empty");
  throw placed(xContentError("Failed to build [composite] after last required field arrived", cause), declared);
};

const needInterval = (reader: BodyReader): CompositeSource["interval"] => {
  const { rounding, ...others } = readInterval(reader);
  if (rounding) return { rounding, ...others };
  throw illegalArgument("Invalid interval specified, must be non-null and non-empty");
};

const parseSource = (json: Json): CompositeSource => {
  const [entry] = isObject(json) ? Object.entries(json) : [];
  const [kindEntry] = entry && isObject(entry[1]) ? Object.entries(entry[1]) : [];
  if (!entry || !kindEntry || !isObject(kindEntry[1])) throw parsingError("[composite] malformed source");
  const [kind, body] = [kindEntry[0], kindEntry[1]];
  if (kind === "histogram" || kind === "geotile_grid") throw unsupported(`The [composite] source [${kind}]`);
  if (kind !== "terms" && kind !== "date_histogram")
    throw placed(parsingError(`invalid source type: ${kind}`), entry[1], kind);
  const reader = new BodyReader(kind, body);
  reader.refuse("script", "missing_order");
  const field = reader.text("field");
  if (field === undefined) throw illegalArgument("Required one of fields [field, script], but none were specified.");
  const source: CompositeSource = {
    name: entry[0],
    field,
    descending: isDescending(reader.text("order") ?? "asc"),
    missingBucket: reader.flag("missing_bucket", false),
    interval: kind === "terms" ? undefined : needInterval(reader),
  };
  reader.end();
  return source;
};
