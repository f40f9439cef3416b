import { compileDateFormat } from "../dates/date-format.ts";
import { type ZoneProblem, zoneProblem } from "../dates/zone-problem.ts";
import { ApiError, illegalArgument, parsingError, placed, PLACE_MARK, unsupported } from "../errors/api-error.ts";
import { isObject, isScalar, type Json, type JsonObject, type Scalar, tokenOf } from "../json/json.ts";
import { MATCH_NONE, type Query, type RangeQuery } from "./query.ts";
import { BodyReader, needScalar, onlyField, shortForm } from "./read-body.ts";

/** Values in one `terms` query, as `index.max_terms_count`. */
const MAX_TERMS = 65_536;

export const parseTerm = (body: Json): Query => {
  const [field, value] = onlyField("term", body);
  if (Array.isArray(value)) throw placed(parsingError("[term] query does not support array of values"), body, field);
  const reader = new BodyReader("term", shortForm(value, "value"));
  reader.refuse("_name");
  const term = reader.take("value");
  const query = { boost: reader.boost(), caseInsensitive: reader.flag("case_insensitive", false) };
  reader.end();
  if (!isScalar(term))
    throw illegalArgument(term === undefined ? "value cannot be null" : "field name is null or empty");
  return { kind: "term", field, value: term, ...query };
};

export const parseTerms = (body: Json): Query => {
  const reader = new BodyReader("terms", isObject(body) ? body : {});
  reader.refuse("_name");
  checkSingle(body);
  const [field, values] = onlyField("terms", body);
  reader.skip(field);
  const boost = reader.boost();
  if (isObject(values)) throw unsupported("Looking terms up in another document with [terms]");
  if (!Array.isArray(values)) throw placed(parsingError(`[terms] query does not support [${field}]`), body, field);
  if (values.length > MAX_TERMS)
    throw illegalArgument(
      `The number of terms [${values.length}] used in the Terms Query request has exceeded the allowed maximum of [${MAX_TERMS}]. This maximum can be set by changing the [index.max_terms_count] index level setting.`,
    );
  const terms = (values as readonly Json[]).map((value, i) => termOf(value, field, values, i));
  return terms.length === 0 ? MATCH_NONE : { kind: "terms", field, values: terms, boost };
};

/** Of an object the reader only gets to see a bracket. */
const termOf = (value: Json, field: string, values: readonly Json[], i: number): Scalar => {
  if (isObject(value)) return "{";
  if (!Array.isArray(value)) return needScalar(value, "No value specified for terms query", values, i);
  throw placed(parsingError(`[terms] unknown token [END_ARRAY] after [${field}]`), values);
};

/** `terms` words this differently. */
const checkSingle = (body: Json): void => {
  const fields = isObject(body) ? Object.keys(body).filter((key) => key !== "boost") : [];
  if (fields.length > 1) throw placed(parsingError("[terms] query does not support multiple fields"), body, fields[1]);
};

export const parseExists = (body: Json): Query => {
  const reader = new BodyReader("exists", isObject(body) ? body : {});
  reader.refuse("_name");
  const field = reader.text("field");
  const boost = reader.boost();
  if (field === "") throw illegalArgument("field name is null or empty");
  if (field === undefined) throw placed(parsingError("[exists] must be provided with a [field]"), body);
  reader.end();
  return { kind: "exists", field, boost };
};

interface Bounds {
  gte?: Scalar | undefined;
  gt?: Scalar | undefined;
  lte?: Scalar | undefined;
  lt?: Scalar | undefined;
}

export const parseRange = (body: Json): RangeQuery => {
  const [field, declared] = onlyField("range", body);
  if (!isObject(declared)) throw parsingError(`[range] query does not support [${field}]`);
  const reader = new BodyReader("range", declared);
  reader.refuse("_name");
  checkTexts(declared);
  const format = reader.text("format");
  const timeZone = reader.text("time_zone");
  checkDateOptions(format, timeZone);
  checkRelation(reader.text("relation"));
  const boost = reader.boost();
  const query: RangeQuery = {
    kind: "range",
    field,
    ...readBounds(reader, declared),
    format,
    timeZone,
    lenient: false,
    boost,
  };
  reader.end();
  return query;
};

/** @throws {ApiError} 400 for null, a list or an object. */
const checkTexts = (declared: JsonObject): void => {
  const wrong = ["format", "time_zone", "relation"].find(
    (key) => Object.hasOwn(declared, key) && !isScalar(declared[key] ?? null),
  );
  if (wrong === undefined) return;
  const token = tokenOf(declared[wrong] ?? null);
  throw placed(illegalArgument(`Expected text at ${PLACE_MARK} but found ${token}`), declared, wrong);
};

/** Of two keys for the same end the later one counts; null makes it open, whatever the earlier one said. */
const readBounds = (reader: BodyReader, declared: JsonObject): Bounds => {
  const bounds: Bounds = {};
  reader.skip(...BOUND_KEYS);
  for (const [key, value] of Object.entries(declared)) {
    if (!isBoundKey(key)) continue;
    const bound = value === null ? undefined : boundOf(value);
    const end = key.startsWith("g") ? LOWER : UPPER;
    for (const same of end) bounds[same] = same === key ? bound : undefined;
  }
  return bounds;
};

/** Of a list the reader only gets to see a bracket; of an object it takes the keys for options. */
const boundOf = (value: Json): Scalar => {
  if (isScalar(value)) return value;
  if (Array.isArray(value)) return "]";
  const [key = ""] = isObject(value) ? Object.keys(value) : [];
  throw placed(parsingError(`[range] query does not support [${key}]`), value, key);
};

const LOWER = ["gte", "gt"] as const;
const UPPER = ["lte", "lt"] as const;
const BOUND_KEYS = [...LOWER, ...UPPER];

const isBoundKey = (key: string): key is keyof Bounds => (BOUND_KEYS as readonly string[]).includes(key);

const checkDateOptions = (format: string | undefined, timeZone: string | undefined): void => {
  if (format !== undefined) compileDateFormat(format);
  const problem = timeZone === undefined ? undefined : zoneProblem(timeZone);
  if (problem) throw noZone(problem);
};

const noZone = (problem: ZoneProblem): ApiError => {
  const thrown = problem.type === "zone_rules_exception" ? "zone.ZoneRulesException" : "DateTimeException";
  const reason = `java.time.${thrown}: ${problem.reason}`;
  return new ApiError(400, { type: "illegal_argument_exception", reason, causedBy: problem });
};

const checkRelation = (relation: string | undefined): void => {
  if (relation === undefined || ["intersects", "contains", "within"].includes(relation.toLowerCase())) return;
  throw illegalArgument(`No enum constant org.elasticsearch.common.geo.ShapeRelation.${relation.toUpperCase()}`);
};
