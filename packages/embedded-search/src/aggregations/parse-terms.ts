import { compileRegexp } from "../automaton/regexp.ts";
import { compileDateFormat } from "../dates/date-format.ts";
import { illegalArgument, parsingError, unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject, showJson } from "../json/json.ts";
import { BodyReader } from "../recipe/read-body.ts";
import type { Key, KeyStyle } from "./keys.ts";
import type { TermsOptions, TermsOrder } from "./terms.ts";

export const parseTermsOptions = (name: string, body: JsonObject): TermsOptions => {
  const reader = new BodyReader("terms", body);
  reader.refuse("script", "value_type", "show_term_doc_count_error");
  // How and where candidates are gathered: here all values are counted, so these change nothing.
  reader.skip("shard_size", "shard_min_doc_count", "execution_hint", "collect_mode");
  const field = reader.text("field");
  if (field === undefined) throw illegalArgument("Required one of fields [field, script], but none were specified.");
  const size = reader.within("size", () => readSize(name, reader.integer("size", 10)));
  const options: TermsOptions = {
    field,
    size,
    minDocCount: reader.integer("min_doc_count", 1),
    missing: reader.take("missing"),
    order: parseOrder(reader.take("order")),
    format: parseFormat(reader.text("format")),
    accepts: parseAccepts(reader.take("include"), reader.take("exclude")),
  };
  reader.endStrict();
  return options;
};

export const readSize = (name: string, size: number): number => {
  if (size > 0) return size;
  throw illegalArgument(`[size] must be greater than 0. Found [${size}] in [${name}]`);
};

const parseFormat = (format: string | undefined): string | undefined => {
  if (format === undefined || compileDateFormat(format)) return format;
  throw unsupported(`The [format] [${format}] of a [terms] aggregation`);
};

const parseOrder = (json: Json | undefined): readonly TermsOrder[] => {
  if (json === undefined) return [{ path: "_count", descending: true }];
  const items = Array.isArray(json) ? (json as readonly Json[]) : [json];
  return items.flatMap((item) => {
    if (!isObject(item)) throw parsingError("Unexpected token [VALUE_STRING] for [order]");
    return Object.entries(item).map(([path, direction]) => ({ path, descending: isDescending(showJson(direction)) }));
  });
};

export const isDescending = (direction: string): boolean => {
  if (/^desc$/i.test(direction)) return true;
  if (/^asc$/i.test(direction)) return false;
  throw parsingError(`Unknown order direction [${direction}]`);
};

type Accepts = TermsOptions["accepts"];

const parseAccepts = (include: Json | undefined, exclude: Json | undefined): Accepts => {
  if (include === undefined && exclude === undefined) return undefined;
  const wanted = include === undefined ? undefined : test(include);
  const unwanted = exclude === undefined ? undefined : test(exclude);
  return (style) => {
    const [accept, refuse] = [wanted?.(style), unwanted?.(style)];
    return (key) => (accept?.(key) ?? true) && !(refuse?.(key) ?? false);
  };
};

/** A list of values, or a regular expression over terms. */
const test = (json: Json): ((style: KeyStyle) => (key: Key) => boolean) => {
  if (isObject(json)) throw unsupported("Partitions in [include] of a [terms] aggregation");
  if (Array.isArray(json)) {
    const values = json as readonly Json[];
    return (style) => {
      const keys = new Set(values.map((value) => style.read(value)));
      return (key) => keys.has(key);
    };
  }
  const matcher = compileRegexp(showJson(json));
  return () => (key) => typeof key === "string" && matcher.matches(key);
};
