import { illegalArgument, parsingError, placed } from "../errors/api-error.ts";
import { isObject, isScalar, type Json, type Scalar } from "../json/json.ts";
import { readFuzziness } from "./parse-pattern-query.ts";
import type { FuzzyOptions, Query } from "./query.ts";
import { BodyReader, BY_TOKEN, onlyField, shortForm } from "./read-body.ts";

export const parseMatch = (body: Json): Query => {
  if (isObject(body) && Object.keys(body).length === 0)
    throw placed(parsingError("No text specified for text query"), body);
  const [field, declared] = onlyField("match", body);
  const reader = new BodyReader("match", shortForm(declared, "query"), BY_TOKEN);
  const value = readText(reader, body, field);
  reader.refuse("analyzer", "fuzzy_rewrite", "cutoff_frequency");
  reader.refuse("_name");
  reader.skip("auto_generate_synonyms_phrase_query");
  const query: Query = {
    kind: "match",
    field,
    value,
    operator: readOperator(reader.text("operator")),
    minimumShouldMatch: reader.text("minimum_should_match"),
    fuzziness: readFuzzyOptions(reader),
    zeroTerms: readZeroTerms(reader.text("zero_terms_query")),
    lenient: reader.flag("lenient", false),
    boost: reader.boost(),
  };
  reader.end();
  return query;
};

export const parseMatchPhrase = (body: Json): Query => {
  const [field, declared] = onlyField("match_phrase", body);
  const reader = new BodyReader("match_phrase", shortForm(declared, "query"), BY_TOKEN);
  const value = readText(reader, body, field);
  reader.refuse("analyzer");
  reader.refuse("_name");
  const slop = reader.integer("slop", 0);
  if (slop < 0) throw illegalArgument("No negative slop allowed.");
  const zeroTerms = readZeroTerms(reader.text("zero_terms_query"));
  const query: Query = { kind: "match_phrase", field, value, slop, zeroTerms, lenient: false, boost: reader.boost() };
  reader.end();
  return query;
};

const readText = (reader: BodyReader, body: Json, field: string): Scalar => {
  const value = reader.take("query");
  if (isScalar(value)) return value;
  const options = isObject(body) ? body[field] : undefined;
  if (value === null && isObject(options))
    throw placed(parsingError("[match] unknown token [VALUE_NULL] after [query]"), options, "query");
  if (value === undefined || value === null) throw placed(parsingError("No text specified for text query"), body);
  throw parsingError("[match] unknown token [START_ARRAY] after [query]");
};

const readOperator = (text = "or"): "or" | "and" => {
  const operator = text.toLowerCase();
  if (operator === "or" || operator === "and") return operator;
  throw illegalArgument(`No enum constant org.elasticsearch.index.query.Operator.${text.toUpperCase()}`);
};

const readZeroTerms = (text = "none"): "none" | "all" => {
  const zeroTerms = text.toLowerCase();
  if (zeroTerms === "none" || zeroTerms === "all") return zeroTerms;
  throw parsingError(`Unsupported zero_terms_docs value [${text}]`);
};

const readFuzzyOptions = (reader: BodyReader): FuzzyOptions | undefined => {
  const fuzziness = reader.text("fuzziness");
  const options = {
    prefixLength: reader.integer("prefix_length", 0),
    maxExpansions: reader.integer("max_expansions", 50),
    transpositions: reader.flag("fuzzy_transpositions", true),
  };
  if (options.prefixLength < 0) throw illegalArgument("[match] requires prefix length to be non-negative.");
  if (options.maxExpansions <= 0) throw illegalArgument("[match] requires maxExpansions to be positive.");
  return fuzziness === undefined ? undefined : { fuzziness: readFuzziness(fuzziness), ...options };
};
