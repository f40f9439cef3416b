import { compileRegexp } from "../automaton/regexp.ts";
import { compileDateFormat } from "../dates/date-format.ts";
import { illegalArgument, unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject, showJson } from "../json/json.ts";
import { BodyReader } from "../recipe/read-body.ts";
import type { Key, KeyStyle } from "./keys.ts";
import { parseMissing, parseRanking } from "./parse-ranking.ts";
import type { TermsOptions } from "./terms.ts";

export const parseTermsOptions = (name: string, body: JsonObject): TermsOptions => {
  const reader = new BodyReader("terms", body);
  reader.refuse("script", "value_type");
  // How values are looked up: no answer depends on it.
  reader.skip("execution_hint");
  const field = reader.text("field");
  if (field === undefined) throw illegalArgument("Required one of fields [field, script], but none were specified.");
  const options: TermsOptions = {
    field,
    ...parseRanking("terms", name, body, reader),
    missing: parseTermsMissing(name, body, reader),
    format: parseFormat("terms", reader.text("format")),
    accepts: parseAccepts(name, reader.take("include"), reader.take("exclude")),
  };
  reader.endStrict();
  return options;
};

const parseTermsMissing = (name: string, body: JsonObject, reader: BodyReader): Json | undefined => {
  const missing = parseMissing("terms", body, reader);
  if (missing !== null) return missing;
  return reader.within("missing", () => {
    throw illegalArgument(`[missing] must not be null: [${name}]`);
  });
};

/** @throws {ApiError} 501 for formats that this store cannot print. */
export const parseFormat = (kind: string, format: string | undefined): string | undefined => {
  if (format === undefined || compileDateFormat(format)) return format;
  throw unsupported(`The [format] [${format}] of a [${kind}] aggregation`);
};

type Accepts = TermsOptions["accepts"];
type Test = (style: KeyStyle) => ((key: Key) => boolean) | undefined;

const parseAccepts = (name: string, include: Json | undefined, exclude: Json | undefined): Accepts => {
  if (include === undefined && exclude === undefined) return undefined;
  const wanted = include === undefined ? undefined : test(name, include);
  const unwanted = exclude === undefined ? undefined : test(name, exclude);
  return (style) => {
    const [accept, refuse] = [wanted?.(style), unwanted?.(style)];
    return (key) => (accept?.(key) ?? true) && !(refuse?.(key) ?? false);
  };
};

/** A list of values, or a regular expression over terms. */
const test = (name: string, json: Json): Test => {
  if (isObject(json)) throw unsupported("Partitions in [include] of a [terms] aggregation");
  if (Array.isArray(json)) return among(json as readonly Json[]);
  const matcher = compileRegexp(showJson(json));
  return (style) => {
    if (style.isText === true) return (key) => typeof key === "string" && matcher.matches(key);
    const numeric =
      style.isNumber === true
        ? "numeric values for include/exclude clauses used to filter numeric fields"
        : "values for include/exclude clauses";
    throw illegalArgument(
      `Aggregation [${name}] cannot support regular expression style include/exclude settings as they can only be applied to string fields. Use an array of ${numeric}`,
    );
  };
};

const among =
  (values: readonly Json[]): Test =>
  (style) => {
    // No numbers at all are no choice; no terms at all leave none.
    if (values.length === 0 && style.isNumber === true) return undefined;
    const keys = new Set(values.map((value) => style.read(value)));
    return (key) => keys.has(key);
  };
