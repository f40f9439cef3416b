import { AutomatonError } from "../automaton/automaton-error.ts";
import { compileRegexp } from "../automaton/regexp.ts";
import { ApiError, illegalArgument, placed } from "../errors/api-error.ts";
import { isObject, isScalar, type Json, type JsonObject } from "../json/json.ts";
import { BodyReader } from "../recipe/read-body.ts";
import type { Key, KeyStyle } from "./keys.ts";
import { wrongType } from "./parse-ranking.ts";
import type { Accepts } from "./terms.ts";

type Test = (style: KeyStyle) => ((key: Key) => boolean) | undefined;

/**
 * Reads `include` and `exclude`.
 *
 * @param kind - Of the aggregation.
 * @param name - Of the aggregation.
 */
export const parseAccepts = (kind: string, name: string, body: JsonObject, reader: BodyReader): Accepts | undefined => {
  const wanted = parseTest(kind, name, "include", body, reader);
  const unwanted = parseTest(kind, name, "exclude", body, reader);
  if (unwanted !== undefined && isObject(body.include)) throw noExcludes(body, reader);
  if (wanted === undefined && unwanted === undefined) return undefined;
  return (style) => {
    const [accept, refuse] = [wanted?.(style), unwanted?.(style)];
    return (key) => (accept?.(key) ?? true) && !(refuse?.(key) ?? false);
  };
};

/** A list of values, a regular expression over terms, or one of several parts of all keys. */
const parseTest = (kind: string, name: string, key: string, body: JsonObject, reader: BodyReader): Test | undefined => {
  const json = reader.take(key);
  if (json === undefined) return undefined;
  if (isObject(json) && key === "include") return reader.within(key, () => parsePartition(json));
  if (Array.isArray(json)) return reader.within(key, () => among(json as readonly Json[]));
  if (typeof json === "string") return reader.within(key, () => matching(name, json));
  throw wrongType(kind, body, key);
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

/** Whichever of both comes last is to blame. */
const noExcludes = (body: JsonObject, reader: BodyReader): Error => {
  const keys = Object.keys(body);
  const last = keys.indexOf("include") > keys.indexOf("exclude") ? "include" : "exclude";
  return reader.within(last, () => {
    const json = body[last];
    const error = illegalArgument("Cannot specify any excludes when using a partition-based include");
    // Elasticsearch has read an object to its end by then.
    throw isObject(json) || Array.isArray(json) ? placed(error, json) : error;
  });
};

const parsePartition = (json: JsonObject): Test => {
  const reader = new BodyReader("include", json);
  const partition = wholeNumber("partition", json, reader);
  const parts = wholeNumber("num_partitions", json, reader);
  const unknown = reader.unknown();
  if (unknown !== undefined) {
    const reason = `Unknown parameter in Include/Exclude clause: ${unknown}`;
    throw placed(new ApiError(400, { type: "parse_exception", reason }), json, unknown);
  }
  if (partition === undefined) throw placed(missingPart("partition"), json);
  if (parts === undefined) throw placed(missingPart("num_partitions"), json);
  if (partition < 0 || partition >= parts)
    throw placed(illegalArgument(`Partition must be >=0 and < numPartition which is ${parts}`), json);
  const modulus = BigInt(parts);
  return (style) => (key) => ((style.hash(key) % modulus) + modulus) % modulus === BigInt(partition);
};

const wholeNumber = (key: string, json: JsonObject, reader: BodyReader): number | undefined => {
  if (!Object.hasOwn(json, key)) return undefined;
  try {
    return reader.integer(key, 0);
  } catch (error) {
    throw error instanceof ApiError ? placed(error, json, key) : error;
  }
};

const missingPart = (name: string): ApiError =>
  illegalArgument(`Missing [${name}] parameter for partition-based include`);
