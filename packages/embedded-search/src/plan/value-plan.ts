import { lowerCase } from "../analysis/lower-case.ts";
import { upperCase } from "../analysis/upper-case.ts";
import { compileLiteral } from "../automaton/wildcard.ts";
import { ApiError } from "../errors/api-error.ts";
import { ValueError } from "../errors/value-error.ts";
import type { NumberRange } from "../index/numbers-column.ts";
import { intervalTest, prefixedTest, type TermBound } from "../index/term-test.ts";
import type { Scalar } from "../json/json.ts";
import { isInteger, isString, type LeafField } from "../mapping/field.ts";
import { javaText } from "../values/java-number.ts";
import {
  queryBoolean,
  isNegativeZero,
  queryDate,
  queryIp,
  queryNanos,
  queryNetwork,
  queryNumber,
} from "../values/query-value.ts";
import { datesPlan, listedPlan, numbersPlan, termPlan, testedPlan } from "./column-plans.ts";
import type { Plan, PlanContext } from "./plan.ts";
import { nonePlan } from "./simple-plans.ts";

/** A query that this field type cannot answer: 400 when the shard plans it. */
export const shardError = (reason: string): ApiError => new ApiError(400, { type: "query_shard_exception", reason });

export const checkSearchable = (field: LeafField): void => {
  if (field.type === "geo_point")
    throw new ValueError(
      `Geometry fields do not support exact searching, use dedicated geometry queries instead: [${field.name}]`,
    );
  if (field.searchable && (field.type !== "text" || field.params.get("index") !== false)) return;
  throw new ValueError(`Cannot search on field [${field.name}] since it is not indexed nor has doc values.`);
};

/** The term of a keyword or text field that a value asks for. */
export const termOf = ({ normalizer }: LeafField, value: Scalar): string => {
  const text = javaText(value);
  return normalizer === undefined ? text : normalizer(text);
};

/**
 * Documents that have this one value, read by the type of the field; text is used unchanged, without analysis.
 *
 * @throws {ValueError} when the field cannot have it.
 */
export const valuePlan = (field: LeafField, value: Scalar, context: PlanContext, boost: number): Plan => {
  checkSearchable(field);
  switch (field.type) {
    case "text":
    case "keyword":
      return termPlan(field.name, termOf(field, value), boost);
    case "ip":
      return ipPlan(field, value, boost);
    case "date":
    case "date_nanos":
      return datePlan(field, value, context, boost);
    case "boolean":
      return numbersPlan(field.name, single(queryBoolean(value)), boost);
    default:
      return numberPlan(field, value, boost);
  }
};

const single = (value: number): NumberRange => ({ from: value, to: value });

const ipPlan = (field: LeafField, value: Scalar, boost: number): Plan => {
  const text = String(value);
  if (!text.includes("/")) return termPlan(field.name, queryIp(value), boost);
  const { first, last } = queryNetwork(text);
  return testedPlan(field.name, boost, intervalTest(included(first), included(last)));
};

const included = (term: string): TermBound => ({ term, included: true });

/** A date means the whole of its smallest given unit, e.g. a day. */
const datePlan = (field: LeafField, value: Scalar, { nowMs }: PlanContext, boost: number): Plan => {
  if (field.nanos) {
    const exactFrom = queryNanos(field, value, { nowMs, roundUp: false });
    const exactTo = queryNanos(field, value, { nowMs, roundUp: true });
    return datesPlan(field, { from: Number(exactFrom), to: Number(exactTo), exactFrom, exactTo }, boost);
  }
  const from = queryDate(field, value, { nowMs, roundUp: false });
  const to = queryDate(field, value, { nowMs, roundUp: true });
  return numbersPlan(field.name, { from, to }, boost);
};

const numberPlan = (field: LeafField, value: Scalar, boost: number): Plan => {
  const number = queryNumber(value, field.type);
  // Zero has two signs; documents hardly ever have the negative one, which JavaScript numbers do not distinguish here.
  if (!isInteger(field.type) && isNegativeZero(value)) return nonePlan;
  if (!isInteger(field.type)) return numbersPlan(field.name, single(rounded(field, Number(number))), boost);
  if (typeof number !== "bigint") return nonePlan;
  return numbersPlan(field.name, { ...single(Number(number)), exactFrom: number, exactTo: number }, boost);
};

const rounded = (field: LeafField, value: number): number => (field.type === "float" ? Math.fround(value) : value);

/** As {@link valuePlan} for text and keywords, ignoring case. */
export const caseInsensitivePlan = (field: LeafField, value: Scalar, context: PlanContext, boost: number): Plan => {
  // Booleans have no case.
  if (field.type === "boolean") return valuePlan(field, value, context, boost);
  if (!isString(field.type))
    throw shardError(
      `[${field.name}] field which is of type [${field.type}], does not support case insensitive term queries`,
    );
  checkSearchable(field);
  const isUnindexed = field.params.get("index") === false;
  if (isUnindexed) return foldedPlan(field, boost, (term, folded) => term === folded, termOf(field, value));
  const matcher = compileLiteral(termOf(field, value), { caseInsensitive: true });
  return testedPlan(
    field.name,
    boost,
    prefixedTest(matcher.prefix, (term) => matcher.matches(term)),
  );
};

/** Documents that have one of the values. */
export const valuesPlan = (field: LeafField, values: readonly Scalar[], boost: number): Plan => {
  checkSearchable(field);
  const terms = values.map((value) => termOf(field, value));
  return listedPlan(field.name, terms, boost);
};

/** Java compares texts without case by the lower case of the upper case of each character. */
const fold = (text: string): string => lowerCase(upperCase(text));

/** Where terms are compared one by one, all letters have a case, and not only those of ASCII. */
export const foldedPlan = (
  field: LeafField,
  boost: number,
  matches: (term: string, folded: string) => boolean,
  value: string,
): Plan => {
  const folded = fold(value);
  return testedPlan(
    field.name,
    boost,
    prefixedTest("", (term) => matches(fold(term), folded)),
  );
};
