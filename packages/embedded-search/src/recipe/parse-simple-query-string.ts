import { illegalArgument, parsingError, placed, unsupported } from "../errors/api-error.ts";
import { isScalar, type Json, type JsonObject, numberOf, type Scalar, tokenOf } from "../json/json.ts";
import { javaText } from "../values/java-number.ts";
import { type Draft, draft, fieldsOf, operator } from "./parse-query-string.ts";
import type { SimpleQueryStringQuery } from "./query.ts";
import { toNumber } from "./read-body.ts";
import { ALL_FLAGS, parseSimpleQueryFlags } from "./simple-query-flags.ts";

type SimpleDraft = Draft & { flags: number };

const flag = (value: Scalar): boolean => {
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw illegalArgument(`Failed to parse value [${javaText(value)}] as only [true] or [false] are allowed.`);
};

const integer = (value: Scalar): number => Math.trunc(toNumber(value));

/** A number has a bit for each; a negative one has all. */
const flags = (value: Scalar): number => {
  const number = numberOf(value);
  if (number === undefined) return parseSimpleQueryFlags(javaText(value));
  return number < 0 ? ALL_FLAGS : Math.trunc(number);
};

const readers: ReadonlyMap<string, (options: SimpleDraft, value: Scalar) => void> = new Map([
  ["query", (options, value) => void (options.text = javaText(value))],
  ["flags", (options, value) => void (options.flags = flags(value))],
  ["default_operator", (options, value) => void (options.defaultOperator = operator(value))],
  ["lenient", (options, value) => void (options.lenient = flag(value))],
  ["analyze_wildcard", (options, value) => void (options.analyzeWildcard = flag(value))],
  ["minimum_should_match", (options, value) => void (options.minimumShouldMatch = javaText(value))],
  ["fuzzy_prefix_length", (options, value) => void (options.fuzzyPrefixLength = integer(value))],
  ["fuzzy_max_expansions", (options, value) => void (options.fuzzyMaxExpansions = integer(value))],
  ["fuzzy_transpositions", (options, value) => void (options.fuzzyTranspositions = flag(value))],
  ["boost", (options, value) => void (options.boost = toNumber(value))],
  ["auto_generate_synonyms_phrase_query", (_options, value) => void flag(value)],
] as const satisfies readonly (readonly [string, (options: SimpleDraft, value: Scalar) => void])[]);

const UNSUPPORTED_OPTIONS = new Set(["analyzer", "quote_field_suffix", "_name"]);

const readOption = (options: SimpleDraft, name: string, value: Json, body: JsonObject): void => {
  if (UNSUPPORTED_OPTIONS.has(name)) throw unsupported(`[simple_query_string] option [${name}]`);
  const read = readers.get(name);
  if (name === "fields" && Array.isArray(value)) options.fields = fieldsOf(value);
  else if (read && isScalar(value)) read(options, value);
  else throw placed(parsingError(problemOf(name, value)), body, name);
};

const problemOf = (name: string, value: Json): string => {
  if (Array.isArray(value)) return `[simple_query_string] query does not support [${name}]`;
  return isScalar(value)
    ? `[simple_query_string] unsupported field [${name}]`
    : `[simple_query_string] unknown token [${tokenOf(value)}] after [${name}]`;
};

/**
 * Reads the body of a `simple_query_string` query.
 *
 * @throws {ApiError} 400 for an unknown option or a value it cannot have, 501 for an option this store does not support; both name it.
 */
export const parseSimpleQueryString = (body: JsonObject): SimpleQueryStringQuery => {
  const read: SimpleDraft = { ...draft(), flags: ALL_FLAGS };
  for (const [name, value] of Object.entries(body)) readOption(read, name, value, body);
  const { text, flags: chosen, boost, ...options } = read;
  if (text === undefined) throw placed(parsingError("[simple_query_string] query text missing"), body);
  const defaultField = options.fields.length > 0 ? undefined : "*";
  return { kind: "simple_query_string", text, flags: chosen, options: { ...options, defaultField }, boost };
};
