import { placed, PLACE_MARK } from "../errors/api-error.ts";
import { isObject, isScalar, type Json, type JsonObject, tokenOf } from "../json/json.ts";
import { BodyReader, xContentError } from "../recipe/read-body.ts";
import { needField, needMissing, parseFormat, wrongType } from "./parse-ranking.ts";
import type { RangeOptions } from "./range.ts";
import type { GivenRange } from "./range-bounds.ts";

export const parseRange = (name: string, body: JsonObject): RangeOptions => {
  const reader = new BodyReader("range", body);
  reader.refuse("script");
  const options = {
    name,
    ranges: parseRanges(body, reader),
    keyed: reader.within("keyed", () => reader.flag("keyed", false)),
    missing: needMissing("range", name, body, reader),
    format: parseFormat("range", body, reader),
  };
  const field = reader.text("field");
  reader.endStrict();
  return { field: needField(field), ...options };
};

const parseRanges = (body: JsonObject, reader: BodyReader): readonly GivenRange[] => {
  const json = reader.take("ranges");
  if (json === undefined) return [];
  if (!isObject(json) && !Array.isArray(json)) throw wrongType("range", body, "ranges");
  const items = Array.isArray(json) ? (json as readonly Json[]) : [json];
  return reader.within("ranges", () => items.map((item, i) => parseOne(item, items, i)));
};

const parseOne = (item: Json, items: readonly Json[], place: number): GivenRange => {
  if (!isObject(item)) {
    const reason = `[${PLACE_MARK}] [range] Expected START_OBJECT but was: ${tokenOf(item)}`;
    throw placed(xContentError(reason), items, place);
  }
  const reader = new BodyReader("range", item);
  const range = { key: reader.text("key"), from: readEnd("from", item, reader), to: readEnd("to", item, reader) };
  reader.endStrict();
  return range;
};

const readEnd = (key: "from" | "to", item: JsonObject, reader: BodyReader): Json | undefined => {
  const value = reader.take(key);
  if (value == null) return undefined;
  if (typeof value === "boolean" || !isScalar(value)) throw wrongType("range", item, key);
  return value;
};
