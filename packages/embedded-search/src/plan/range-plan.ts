import { compileDateFormat, type DateFormat } from "../dates/date-format.ts";
import { parseZone } from "../dates/zone.ts";
import { ApiError } from "../errors/api-error.ts";
import { ValueError } from "../errors/value-error.ts";
import type { NumberRange } from "../index/numbers-column.ts";
import { hasValues } from "../index/snapshot.ts";
import { intervalTest, type TermBound } from "../index/term-test.ts";
import { numberOf, type Scalar } from "../json/json.ts";
import { isInteger, type LeafField } from "../mapping/field.ts";
import type { RangeQuery } from "../recipe/query.ts";
import { neighbourIp } from "../values/ip.ts";
import { integerRange } from "../values/number-value.ts";
import {
  queryBoolean,
  queryDate,
  queryInteger,
  queryIp,
  queryNanos,
  queryNumber,
  isNegativeZero,
} from "../values/query-value.ts";
import { datesPlan, numbersPlan, testedPlan } from "./column-plans.ts";
import { javaText } from "../values/java-number.ts";
import { planExists } from "./exists-plan.ts";
import { isMetadata } from "./metadata-plan.ts";
import type { Plan, PlanContext } from "./plan.ts";
import { nonePlan } from "./simple-plans.ts";
import { checkSearchable, termOf } from "./value-plan.ts";

export const planRange = (query: RangeQuery, context: PlanContext): Plan => {
  if (isMetadata(query.field))
    throw new ValueError(`Field [${query.field}] of type [${query.field}] does not support range queries`);
  const field = context.mapping.field(query.field);
  if (field === undefined) return nonePlan;
  try {
    return planOnField(query, field, context);
  } catch (error) {
    if (query.lenient && (error instanceof ValueError || error instanceof ApiError)) return nonePlan;
    throw error;
  }
};

const planOnField = (query: RangeQuery, field: LeafField, context: PlanContext): Plan => {
  if (field.type === "geo_point")
    throw new ValueError(`Field [${field.name}] of type [geo_point] does not support range queries`);
  checkSearchable(field);
  const bounds = [query.gte, query.gt, query.lte, query.lt];
  if (bounds.every((bound) => bound === undefined))
    return planExists({ kind: "exists", field: field.name, boost: query.boost }, context);
  switch (field.type) {
    case "text":
    case "keyword":
      return termRange(query, field);
    case "ip":
      return ipRange(query, field);
    case "date":
    case "date_nanos":
      // Without any date there is nothing to compare, so the ends are not even parsed.
      if (query.inText !== true && !hasValues(context.snapshot, field.name)) return nonePlan;
      return datesPlan(field, dateRange(query, field, context), query.boost);
    case "boolean":
      return numbersPlan(field.name, booleanRange(query), query.boost);
    default:
      return numbersPlan(
        field.name,
        isInteger(field.type) ? wholeRange(query, field) : decimalRange(query, field),
        query.boost,
      );
  }
};

/** By bytes of UTF-8. */
const termRange = ({ gte, gt, lte, lt, boost }: RangeQuery, field: LeafField): Plan => {
  const term = (value: Scalar | undefined): string | undefined =>
    value === undefined ? undefined : termOf(field, value);
  const from = term(gte ?? gt);
  const to = term(lte ?? lt);
  return testedPlan(field.name, boost, intervalTest(boundOf(from, gt === undefined), boundOf(to, lt === undefined)));
};

const ipRange = ({ gte, gt, lte, lt, boost }: RangeQuery, field: LeafField): Plan => {
  const bound = (value: Scalar | undefined, step: 1 | -1 | 0): string | undefined => {
    if (value === undefined) return undefined;
    const bytes = queryIp(value);
    return step === 0 ? bytes : neighbourIp(bytes, step);
  };
  const low = gt === undefined ? bound(gte, 0) : bound(gt, 1);
  const high = lt === undefined ? bound(lte, 0) : bound(lt, -1);
  // No address lies beyond the first or the last.
  if ((gt !== undefined && low === undefined) || (lt !== undefined && high === undefined)) return nonePlan;
  return testedPlan(field.name, boost, intervalTest(boundOf(low, true), boundOf(high, true)));
};

const boundOf = (value: Scalar | undefined, included: boolean): TermBound | undefined =>
  value === undefined ? undefined : { term: javaText(value), included };

/** The milliseconds that a range of dates covers. Asked for more than once, so it is parsed once and remembered. */
export const dateRange = (query: RangeQuery, field: LeafField, context: PlanContext): NumberRange => {
  const known = context.dateRanges.get(query);
  if (known) return known;
  const range = readDateRange(query, field, context);
  context.dateRanges.set(query, range);
  return range;
};

const readDateRange = (query: RangeQuery, field: LeafField, { nowMs }: PlanContext): NumberRange => {
  const format = dateFormatOf(query);
  const zone = query.timeZone === undefined ? undefined : parseZone(query.timeZone);
  const early = <T>(parse: () => T): T => {
    try {
      return parse();
    } catch (error) {
      // Outside of query strings, dates are parsed before anything else and fail on their own.
      throw error instanceof ValueError && query.inText !== true ? new ApiError(400, error) : error;
    }
  };
  const read = (value: Scalar, roundUp: boolean): number =>
    early(() => queryDate(field, value, { nowMs, roundUp, format, zone }));
  const { gte, gt, lte, lt } = query;
  if (field.nanos)
    return nanosRange(query, (value, roundUp) =>
      early(() => queryNanos(field, value, { nowMs, roundUp, format, zone })),
    );
  return {
    from: gt !== undefined ? read(gt, true) + 1 : gte !== undefined ? read(gte, false) : Number.NEGATIVE_INFINITY,
    to: lt !== undefined ? read(lt, false) - 1 : lte !== undefined ? read(lte, true) : Number.POSITIVE_INFINITY,
  };
};

const GREATEST_NANOS = 2n ** 63n - 1n;
/** From a millisecond on that no field can have. */
const NO_NANOS: NumberRange = { from: 2 ** 63, to: 0, exactFrom: GREATEST_NANOS + 1_000_000n, exactTo: 0n };

const nanosRange = (
  { gte, gt, lte, lt }: RangeQuery,
  read: (value: Scalar, roundUp: boolean) => bigint,
): NumberRange => {
  const exactFrom = gt !== undefined ? read(gt, true) + 1n : gte !== undefined ? read(gte, false) : undefined;
  // Nothing lies beyond the last nanosecond, so the other end is not even parsed.
  if (exactFrom !== undefined && exactFrom > GREATEST_NANOS) return NO_NANOS;
  const exactTo = lt !== undefined ? read(lt, false) - 1n : lte !== undefined ? read(lte, true) : undefined;
  return {
    from: exactFrom === undefined ? Number.NEGATIVE_INFINITY : Number(exactFrom),
    to: exactTo === undefined ? Number.POSITIVE_INFINITY : Number(exactTo),
    exactFrom,
    exactTo,
  };
};

/** A number at either end makes both milliseconds, unless the request gives a date format. */
const dateFormatOf = ({ format, gte, gt, lte, lt }: RangeQuery): DateFormat | undefined => {
  if (format !== undefined) return compileDateFormat(format);
  return [gte, gt, lte, lt].some((bound) => numberOf(bound) !== undefined)
    ? compileDateFormat("epoch_millis")
    : undefined;
};

const booleanRange = ({ gte, gt, lte, lt }: RangeQuery): NumberRange => ({
  from: gt !== undefined ? queryBoolean(gt) + 1 : gte !== undefined ? queryBoolean(gte) : 0,
  to: lt !== undefined ? queryBoolean(lt) - 1 : lte !== undefined ? queryBoolean(lte) : 1,
});

/** Decimals of a bound are moved to the next whole number inside the range. */
const wholeRange = ({ gte, gt, lte, lt }: RangeQuery, field: LeafField): NumberRange => {
  const [least, greatest] = integerRange(field.type);
  const read = (value: Scalar): number | bigint => queryInteger(field, value);
  const low = gt ?? gte;
  const high = lt ?? lte;
  const exactFrom = low === undefined ? least : wholeBound(read(low), gt !== undefined, 1n);
  const exactTo = high === undefined ? greatest : wholeBound(read(high), lt !== undefined, -1n);
  return { from: Number(exactFrom), to: Number(exactTo), exactFrom, exactTo };
};

const wholeBound = (value: number | bigint, exclusive: boolean, inward: 1n | -1n): bigint => {
  if (typeof value === "number") return BigInt(inward === 1n ? Math.ceil(value) : Math.floor(value));
  return exclusive ? value + inward : value;
};

const decimalRange = ({ gte, gt, lte, lt }: RangeQuery, field: LeafField): NumberRange => {
  const read = (value: Scalar): number => {
    const number = isNegativeZero(value) ? -0 : Number(queryNumber(value, field.type));
    return field.type === "float" ? Math.fround(number) : number;
  };
  return {
    from: gt !== undefined ? next(read(gt), 1, field) : gte !== undefined ? read(gte) : Number.NEGATIVE_INFINITY,
    to:
      lt !== undefined
        ? next(read(lt), -1, field)
        : lte !== undefined
          ? belowZero(read(lte))
          : Number.POSITIVE_INFINITY,
  };
};

/** A bound of -0 differs from 0, although JavaScript treats them as equal. */
const belowZero = (value: number): number => (Object.is(value, -0) ? -Number.MIN_VALUE : value);

/** The neighbouring double or float. */
const next = (value: number, direction: 1 | -1, field: LeafField): number => {
  if (!Number.isFinite(value)) return value;
  // Zero has two signs, the negative one below the positive.
  if (Object.is(value, -0) && direction === 1) return 0;
  if (value === 0) return direction * (field.type === "float" ? 2 ** -149 : Number.MIN_VALUE);
  const up = value > 0 === direction > 0;
  if (field.type === "float") {
    const bits = new Int32Array(Float32Array.of(value).buffer);
    bits[0] = (bits[0] ?? 0) + (up ? 1 : -1);
    return new Float32Array(bits.buffer)[0] ?? value;
  }
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0] = (bits[0] ?? 0n) + (up ? 1n : -1n);
  return new Float64Array(bits.buffer)[0] ?? value;
};
