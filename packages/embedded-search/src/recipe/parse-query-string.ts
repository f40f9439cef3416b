import { zoneProblem } from "../dates/zone-problem.ts";
import { ApiError, illegalArgument, parsingError, placed, unsupported } from "../errors/api-error.ts";
import { isScalar, type Json, type JsonObject, numberOf, type Scalar } from "../json/json.ts";
import { notANumber } from "../values/not-a-number.ts";
import { AUTO_FUZZINESS, type Fuzziness, parseFuzziness } from "./fuzziness.ts";
import type { QueryStringOptions, QueryStringQuery } from "./query.ts";

type Fields = QueryStringOptions["fields"];

/** Options being read: a later key may still overwrite any of them. */
export type Draft = { -readonly [Key in keyof QueryStringOptions]: QueryStringOptions[Key] } & {
  text?: string;
  boost: number;
};

/** As Elasticsearch, which does not expect what Java throws here. @throws {ApiError} 500 */
const zoneOf = (name: string): string => {
  const problem = zoneProblem(name);
  if (problem) throw new ApiError(500, problem);
  return name;
};

/** What holds until a key says otherwise. */
export const draft = (): Draft => ({
  fields: [],
  defaultOperator: "or",
  analyzeWildcard: false,
  allowLeadingWildcard: true,
  fuzziness: AUTO_FUZZINESS,
  fuzzyPrefixLength: 0,
  fuzzyMaxExpansions: 50,
  fuzzyTranspositions: true,
  phraseSlop: 0,
  type: "best_fields",
  escape: false,
  boost: 1,
});

const text = (value: Scalar): string => String(value);

const flag = (value: Scalar, name: string): boolean => {
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw parsingError(`Failed to parse value [${text(value)}] of [${name}] as only [true] or [false] are allowed.`);
};

const integer = (value: Scalar, name: string): number => {
  const number = numberOf(value) ?? Number(value);
  if (Number.isInteger(number)) return number;
  throw illegalArgument(`[query_string] [${name}] must be a whole number but was [${text(value)}]`);
};

export const operator = (value: Scalar): "or" | "and" => {
  const name = text(value).toLowerCase();
  if (name === "or" || name === "and") return name;
  throw illegalArgument(`No enum constant org.elasticsearch.index.query.Operator.${name.toUpperCase()}`);
};

const fuzziness = (value: Scalar): Fuzziness => {
  const parsed = parseFuzziness(text(value));
  if (parsed) return parsed;
  const number = Number(value);
  throw illegalArgument(
    Number.isNaN(number)
      ? `fuzziness cannot be [${text(value)}].`
      : `Valid edit distances are [0, 1, 2] but was [${number}]`,
  );
};

const multiMatchType = (value: Scalar): QueryStringOptions["type"] => {
  const name = text(value);
  if (name === "best_fields" || name === "phrase") return name;
  throw unsupported(`[query_string] option [type] with value [${name}]`);
};

type Reader = (options: Draft, value: Scalar, name: string) => void;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["query", (options, value) => void (options.text = text(value))],
  ["default_field", (options, value) => void (options.defaultField = text(value))],
  ["default_operator", (options, value) => void (options.defaultOperator = operator(value))],
  ["lenient", (options, value, name) => void (options.lenient = flag(value, name))],
  ["analyze_wildcard", (options, value, name) => void (options.analyzeWildcard = flag(value, name))],
  ["allow_leading_wildcard", (options, value, name) => void (options.allowLeadingWildcard = flag(value, name))],
  ["escape", (options, value, name) => void (options.escape = flag(value, name))],
  ["fuzziness", (options, value) => void (options.fuzziness = fuzziness(value))],
  [
    "fuzzy_prefix_length",
    (options, value, name) => void (options.fuzzyPrefixLength = Math.max(0, integer(value, name))),
  ],
  ["fuzzy_max_expansions", (options, value, name) => void (options.fuzzyMaxExpansions = integer(value, name))],
  ["fuzzy_transpositions", (options, value, name) => void (options.fuzzyTranspositions = flag(value, name))],
  ["phrase_slop", (options, value, name) => void (options.phraseSlop = integer(value, name))],
  ["minimum_should_match", (options, value) => void (options.minimumShouldMatch = text(value))],
  ["time_zone", (options, value) => void (options.timeZone = zoneOf(text(value)))],
  ["type", (options, value) => void (options.type = multiMatchType(value))],
  ["boost", (options, value) => void (options.boost = numberOf(value) ?? Number(value))],
  // These affect only scores, which are constant here, or ask for what this store does anyway.
  ["tie_breaker", () => undefined],
  ["enable_position_increments", (_options, value, name) => onlyTrue(value, name)],
  ["auto_generate_synonyms_phrase_query", () => undefined],
]);

const onlyTrue = (value: Scalar, name: string): void => {
  if (!flag(value, name)) throw unsupported(`[query_string] option [${name}] with value [false]`);
};

/** Options of Elasticsearch that this store does not support. */
const UNSUPPORTED_OPTIONS = new Set([
  "analyzer",
  "quote_analyzer",
  "quote_field_suffix",
  "rewrite",
  "fuzzy_rewrite",
  "max_determinized_states",
  "_name",
]);

export const fieldsOf = (value: readonly Json[]): Fields =>
  value.map((item) => {
    const [pattern = "", boost = "1"] = (isScalar(item) ? text(item) : JSON.stringify(item)).split("^");
    const number = Number(boost);
    if (boost.trim() === "" || Number.isNaN(number))
      throw new ApiError(400, { type: "number_format_exception", reason: notANumber(boost) });
    return [pattern, number];
  });

const readOption = (options: Draft, name: string, value: Json, body: JsonObject): void => {
  if (UNSUPPORTED_OPTIONS.has(name)) throw unsupported(`[query_string] option [${name}]`);
  const read = readers.get(name);
  if (name === "fields" && Array.isArray(value)) options.fields = fieldsOf(value);
  else if (value === null && name === "minimum_should_match") delete options.minimumShouldMatch;
  else if (read && isScalar(value)) read(options, value, name);
  else throw placed(parsingError(`[query_string] query does not support [${name}]`), body, name);
};

/**
 * Reads the body of a `query_string` query.
 *
 * @throws {ApiError} 400 for an unknown option or a value it cannot have, 501 for an option this store does not support; both name it.
 */
export const parseQueryString = (body: JsonObject): QueryStringQuery => {
  const options = draft();
  for (const [name, value] of Object.entries(body)) readOption(options, name, value, body);
  const { text: query, boost, ...rest } = options;
  if (query === undefined) throw placed(parsingError("[query_string] must be provided with a [query]"), body);
  const defaultField = rest.defaultField ?? (rest.fields.length > 0 ? undefined : "*");
  return { kind: "query_string", text: query, options: { ...rest, defaultField }, boost };
};
