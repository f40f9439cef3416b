import { type ApiError, illegalArgument, placed } from "../errors/api-error.ts";
import { isObject, isScalar, type JsonObject, numberOf } from "../json/json.ts";
import { writeDouble } from "../json/write-json.ts";
import { BodyReader, BY_PARSER, toNumber, xContentError } from "../recipe/read-body.ts";
import type { AxisBounds } from "./axis.ts";
import type { NumberHistogramOptions } from "./histogram.ts";
import { needField, needMissing, parseFormat, parseMinDocCount, parseOrder, wrongType } from "./parse-ranking.ts";
import type { GroupOrder } from "./ranking.ts";

const BY_KEY: readonly GroupOrder[] = [{ path: "_key", descending: false }];

export const parseHistogram = (name: string, body: JsonObject): NumberHistogramOptions => {
  const reader = new BodyReader("histogram", body, BY_PARSER);
  reader.refuse("script");
  const options = {
    interval: decimal("histogram", "interval", body, reader, (interval) => {
      if (interval <= 0) throw illegalArgument(`[interval] must be >0 for histogram aggregation [${name}]`);
    }),
    offset: decimal("histogram", "offset", body, reader),
    minDocCount: parseMinDocCount("histogram", name, body, reader),
    keyed: reader.within("keyed", () => reader.flag("keyed", false)),
    order: parseOrder("histogram", body, reader, BY_KEY),
    extendedBounds: parseBounds("extended_bounds", body, reader),
    hardBounds: parseBounds("hard_bounds", body, reader),
    missing: needMissing("histogram", name, body, reader),
    format: parseFormat("histogram", body, reader),
  };
  const field = reader.text("field");
  reader.endStrict();
  return { field: needField(field), ...options };
};

/** A number with decimals, 0 unless it is given. */
const decimal = (
  kind: string,
  key: string,
  body: JsonObject,
  reader: BodyReader,
  check: (value: number) => void = () => undefined,
): number => {
  const value = reader.take(key);
  if (value === undefined) return 0;
  if (numberOf(value) === undefined && typeof value !== "string") throw wrongType(kind, body, key);
  return reader.within(key, () => {
    const number = toNumber(value);
    check(number);
    return number;
  });
};

const parseBounds = (key: string, body: JsonObject, reader: BodyReader): AxisBounds | undefined => {
  const json = reader.take(key);
  if (json === undefined) return undefined;
  if (!isObject(json)) throw wrongType("histogram", body, key);
  return reader.within(key, () => {
    const bounds = new BodyReader("double_bounds", json);
    const [min, max] = [readEnd("min", json, bounds), readEnd("max", json, bounds)];
    bounds.endStrict();
    if (min === undefined || max === undefined || min <= max) return { min, max };
    const last = Object.keys(json).at(-1) ?? "max";
    return bounds.within(last, () => {
      throw placed(wrongOrder(min, max), json, last);
    });
  });
};

/** Elasticsearch makes them by reflection, and says so. */
const wrongOrder = (min: number, max: number): ApiError => {
  const reason = `max bound [${writeDouble(max)}] must be greater than min bound [${writeDouble(min)}]`;
  const made = { type: "invocation_target_exception", reason: null, causedBy: illegalArgument(reason) };
  const type = "org.elasticsearch.search.aggregations.bucket.histogram.DoubleBounds";
  return xContentError(
    "Failed to build [double_bounds] after last required field arrived",
    illegalArgument(`Cannot instantiate an object of ${type}`, made),
  );
};

const readEnd = (key: "min" | "max", json: JsonObject, bounds: BodyReader): number | undefined => {
  const value = bounds.take(key);
  if (value == null) return undefined;
  if (typeof value === "boolean" || !isScalar(value)) throw wrongType("double_bounds", json, key);
  return bounds.within(key, () => toNumber(value));
};
