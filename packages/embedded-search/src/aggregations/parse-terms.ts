import { AutomatonError } from "../automaton/automaton-error.ts";
import { compileRegexp } from "../automaton/regexp.ts";
import { ApiError, illegalArgument, unsupported } from "../errors/api-error.ts";
import { isObject, isScalar, type Json, type JsonObject } from "../json/json.ts";
import { BodyReader } from "../recipe/read-body.ts";
import type { Key, KeyStyle } from "./keys.ts";
import { needMissing, parseRanking, wrongType } from "./parse-ranking.ts";
import type { Accepts, TermsOptions } from "./terms.ts";

export const parseTermsOptions = (name: string, body: JsonObject): TermsOptions => {
  const reader = new BodyReader("terms", body);
  reader.refuse("script", "value_type");
  // How values are looked up: no answer depends on it.
  reader.skip("execution_hint");
  const field = reader.text("field");
  if (field === undefined) throw illegalArgument("Required one of fields [field, script], but none were specified.");
  const options: TermsOptions = {
    name,
    field,
    ...parseRanking("terms", name, body, reader),
    missing: needMissing("terms", name, body, reader),
    format: reader.text("format"),
    accepts: parseAccepts(name, body, reader),
  };
  reader.endStrict();
  return options;
};

type Test = (style: KeyStyle) => ((key: Key) => boolean) | undefined;

const parseAccepts = (name: string, body: JsonObject, reader: BodyReader): Accepts | undefined => {
  const wanted = parseTest(name, "include", body, reader);
  const unwanted = parseTest(name, "exclude", body, reader);
  if (wanted === undefined && unwanted === undefined) return undefined;
  return (style) => {
    const [accept, refuse] = [wanted?.(style), unwanted?.(style)];
    return (key) => (accept?.(key) ?? true) && !(refuse?.(key) ?? false);
  };
};

/** A list of values, or a regular expression over terms. */
const parseTest = (name: string, key: string, body: JsonObject, reader: BodyReader): Test | undefined => {
  const json = reader.take(key);
  if (json === undefined) return undefined;
  if (isObject(json) && key === "include") throw unsupported("Partitions in [include] of a [terms] aggregation");
  if (Array.isArray(json)) return reader.within(key, () => among(json as readonly Json[]));
  if (typeof json === "string") return reader.within(key, () => matching(name, json));
  throw wrongType("terms", body, key);
};

const matching = (name: string, pattern: string): Test => {
  const matcher = compiled(pattern);
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

const compiled = (pattern: string): ReturnType<typeof compileRegexp> => {
  try {
    return compileRegexp(pattern);
  } catch (error) {
    if (!(error instanceof AutomatonError)) throw error;
    throw illegalArgument(error.message);
  }
};

const among = (values: readonly Json[]): Test => {
  if (!values.every(isScalar))
    throw new ApiError(400, {
      type: "parse_exception",
      reason: "Array elements in include/exclude clauses should be string values",
    });
  return (style) => {
    // No numbers at all are no choice; no terms at all leave none.
    if (values.length === 0 && style.isNumber === true) return undefined;
    const keys = new Set(values.map((value) => style.read(value, undefined)));
    return (key) => keys.has(key);
  };
};
