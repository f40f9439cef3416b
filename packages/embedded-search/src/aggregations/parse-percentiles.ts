import { ApiError, illegalArgument, placed, unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { writeDouble } from "../json/write-json.ts";
import { BodyReader, BY_PARSER, toNumber, xContentError } from "../recipe/read-body.ts";
import { needField, needMissing, parseFormat, wrongType } from "./parse-ranking.ts";
import type { PercentileKind, PercentileOptions } from "./percentiles.ts";

const DEFAULT_PERCENTS: readonly number[] = [1, 5, 25, 50, 75, 95, 99];

export const parsePercentiles = (kind: PercentileKind, name: string, body: JsonObject): PercentileOptions => {
  const reader = new BodyReader(kind, body, BY_PARSER);
  reader.refuse("script", "hdr");
  const list = kind === "percentiles" ? "percents" : "values";
  const given = parseNumbers(kind, list, body, reader);
  const options = {
    keyed: reader.within("keyed", () => reader.flag("keyed", true)),
    missing: needMissing(kind, name, body, reader),
    format: parseFormat(kind, body, reader),
  };
  checkMethod(kind, body, reader);
  const field = reader.text("field");
  reader.endStrict();
  const keys = kind === "percentiles" ? checkPercents(name, given) : checkValues(name, given);
  return { field: needField(field), keys, ...options };
};

const parseNumbers = (
  kind: string,
  key: string,
  body: JsonObject,
  reader: BodyReader,
): readonly number[] | undefined => {
  const json = reader.take(key);
  if (json === undefined) return undefined;
  if (json === null || isObject(json)) throw wrongType(kind, body, key);
  const items = Array.isArray(json) ? (json as readonly Json[]) : [json];
  return reader.within(key, () => items.map((item, i) => readNumber(item, items, i)).sort((a, b) => a - b));
};

const readNumber = (item: Json, items: readonly Json[], place: number): number => {
  try {
    return toNumber(item);
  } catch (error) {
    throw error instanceof ApiError ? placed(error, items, place) : error;
  }
};

const checkPercents = (name: string, given: readonly number[] | undefined): readonly number[] => {
  if (given === undefined) return DEFAULT_PERCENTS;
  if (given.length === 0) throw failed("percentiles", `[percents] must not be empty: [${name}]`);
  for (const [i, percent] of given.entries()) {
    if (percent < 0 || percent > 100)
      throw failed("percentiles", `percent must be in [0,100], got [${writeDouble(percent)}]: [${name}]`);
    if (percent === given[i - 1])
      throw failed("percentiles", `percent [${writeDouble(percent)}] has been specified twice: [${name}]`);
  }
  return given;
};

const checkValues = (name: string, given: readonly number[] | undefined): readonly number[] => {
  if (given === undefined) throw failed("percentile_ranks", `[values] must not be null: [${name}]`);
  if (given.length === 0) throw failed("percentile_ranks", `[values] must not be an empty array: [${name}]`);
  return given;
};

const failed = (kind: PercentileKind, reason: string): ApiError =>
  xContentError(`Failed to build [${kind}] after last required field arrived`, illegalArgument(reason));

/** How Elasticsearch estimates: as long as there are few values, no answer depends on it. */
const checkMethod = (kind: string, body: JsonObject, reader: BodyReader): void => {
  const json = reader.take("tdigest");
  if (json === undefined) return;
  if (!isObject(json)) throw wrongType(kind, body, "tdigest");
  reader.within("tdigest", () => {
    const method = new BodyReader("tdigest", json);
    method.within("compression", () => {
      const compression = method.number("compression", 100);
      if (compression >= 0) return;
      const found = writeDouble(compression);
      throw illegalArgument(`[compression] must be greater than or equal to 0. Found [${found}]`);
    });
    method.within("execution_hint", () => checkHint(method.text("execution_hint")));
    method.endStrict();
  });
};

const checkHint = (hint = "default"): void => {
  if (hint === "high_accuracy") throw unsupported("[tdigest] option [execution_hint] [high_accuracy]");
  if (hint === "default") return;
  throw illegalArgument(`Invalid execution_hint [${hint}], valid values are [default, high_accuracy]`);
};
