import { ApiError, illegalArgument, parsingError, placed, unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { BodyReader, BY_PARSER, xContentError } from "../recipe/read-body.ts";
import type { CompositeOptions, CompositeSource } from "./composite.ts";
import { readInterval } from "./parse-date-histogram.ts";
import { wrongType } from "./parse-ranking.ts";

export const parseComposite = (body: JsonObject): Pick<CompositeOptions, "sources" | "size" | "after"> => {
  const reader = new BodyReader("composite", body, BY_PARSER);
  if (!Object.hasOwn(body, "sources")) throw illegalArgument("Required [sources]");
  const sources = reader.within("sources", () => parseSources(reader.take("sources")));
  const size = reader.integer("size", 10);
  const after = reader.take("after");
  if (after !== undefined && !isObject(after)) throw wrongType("composite", body, "after");
  reader.endStrict();
  if (size <= 0) throw illegalArgument(`[size] must be greater than 0. Found [${size}] in [composite]`);
  return { sources, size, after };
};

const parseSources = (declared: Json | undefined): readonly CompositeSource[] => {
  const items = Array.isArray(declared) ? (declared as readonly Json[]) : declared === undefined ? [] : [declared];
  const sources = items.map(parseSource);
  const names = sources.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (items.length > 0 && twice === undefined) return sources;
  const cause =
    twice === undefined
      ? illegalArgument("Composite [sources] cannot be null or empty")
      : illegalArgument(`Composite source names must be unique, found duplicates: [${twice}]`);
  throw placed(xContentError("Failed to build [composite] after last required field arrived", cause), declared);
};

const parseSource = (json: Json): CompositeSource => {
  const [entry] = isObject(json) ? Object.entries(json) : [];
  const [kindEntry, second] = entry && isObject(entry[1]) ? Object.entries(entry[1]) : [];
  if (!entry || !kindEntry || !isObject(kindEntry[1]))
    throw placed(
      parsingError("Failed to parse object: expecting token of type [FIELD_NAME] but found [END_OBJECT]"),
      json,
    );
  const [kind, body] = [kindEntry[0], kindEntry[1]];
  if (second)
    throw placed(
      new ApiError(400, { type: "illegal_state_exception", reason: "expected value but got [FIELD_NAME]" }),
      json,
    );
  if (kind === "histogram" || kind === "geotile_grid") throw unsupported(`The [composite] source [${kind}]`);
  if (kind !== "terms" && kind !== "date_histogram")
    throw placed(parsingError(`invalid source type: ${kind}`), entry[1], kind);
  const reader = new BodyReader(kind, body, BY_PARSER);
  reader.refuse("script");
  const field = reader.text("field");
  if (field === undefined) throw illegalArgument("Required one of fields [field, script], but none were specified.");
  const source: CompositeSource = {
    name: entry[0],
    field,
    descending: reader.within("order", () => isDescendingSource(reader.text("order") ?? "asc")),
    missingBucket: reader.flag("missing_bucket", false),
    missingOrder: reader.within("missing_order", () => parseMissingOrder(reader.text("missing_order"))),
    interval: kind === "terms" ? undefined : readInterval(reader),
  };
  reader.endStrict();
  return source;
};

const isDescendingSource = (order: string): boolean => {
  if (/^(?:asc|desc)$/i.test(order)) return /^desc$/i.test(order);
  throw illegalArgument(`No enum constant org.elasticsearch.search.sort.SortOrder.${order.toUpperCase()}`);
};

const parseMissingOrder = (order = "default"): CompositeSource["missingOrder"] => {
  const found = (["first", "last", "default"] as const).find((one) => one === order.toLowerCase());
  if (found) return found;
  throw illegalArgument(
    `No enum constant org.elasticsearch.search.aggregations.bucket.composite.MissingOrder.${order.toUpperCase()}`,
  );
};
