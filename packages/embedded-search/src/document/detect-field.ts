import { compileDateFormat } from "../dates/date-format.ts";
import type { Json, JsonObject, Scalar } from "../json/json.ts";
import type { DetectedType } from "../mapping/dynamic-template.ts";
import type { Field, LeafField } from "../mapping/field.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { withNullValue } from "./read-mapping.ts";
import { parseField } from "../mapping/parse-mapping.ts";

const dateFormats = ["strict_date_optional_time", "yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis"].map(
  (text) => [text, compileDateFormat(text.replace("||epoch_millis", ""))] as const,
);

/** The type detected for a value without a field, and the field it gets by default. */
interface Detection {
  readonly type: DetectedType;
  readonly declared: JsonObject;
}

const DETECTIONS: Readonly<Record<"boolean" | "double" | "long" | "object" | "string", Detection>> = {
  boolean: { type: "boolean", declared: { type: "boolean" } },
  long: { type: "long", declared: { type: "long" } },
  double: { type: "double", declared: { type: "float" } },
  object: { type: "object", declared: { type: "object" } },
  string: {
    type: "string",
    declared: { type: "text", fields: { keyword: { type: "keyword", ignore_above: 256 } } },
  },
};

const detect = (mapping: Mapping, value: Scalar): Detection => {
  if (typeof value === "boolean") return DETECTIONS.boolean;
  if (typeof value === "string") return detectString(mapping, value);
  const whole = /^-?\d+$/.test(String(value));
  return whole ? DETECTIONS.long : DETECTIONS.double;
};

const detectString = (mapping: Mapping, text: string): Detection => {
  if (mapping.numericDetection && /^-?\d{1,19}$/.test(text)) return DETECTIONS.long;
  if (mapping.numericDetection && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return DETECTIONS.double;
  // A bare number is text, although it could be a year.
  if (!mapping.dateDetection || !/^\d+[^\d.]/.test(text)) return DETECTIONS.string;
  for (const [format, compiled] of dateFormats) {
    if (compiled.parse(text) === undefined) continue;
    return { type: "date", declared: format.includes("||") ? { type: "date", format, locale: "" } : { type: "date" } };
  }
  return DETECTIONS.string;
};

const lastPart = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

/** The field for a value without a mapping. @param shortName - What templates know it by. Default: the last part of its name. */
export const newLeaf = (mapping: Mapping, name: string, value: Scalar, shortName = lastPart(name)): Field =>
  declare(mapping, name, shortName, detect(mapping, value));

/** The object for a new object value; a template can make it something else. */
export const newObject = (mapping: Mapping, name: string): Field =>
  declare(mapping, name, lastPart(name), DETECTIONS.object);

/** The leaf that a template makes of an object or list of that name, e.g. a geo_point. */
export const newLeafOfObject = (mapping: Mapping, name: string, shortName: string): LeafField | undefined => {
  if (!mapping.dynamicTemplates.some((template) => template.matches("object", shortName, name))) return undefined;
  const field = declare(mapping, name, shortName, DETECTIONS.object);
  return field.kind === "leaf" ? field : undefined;
};

const declare = (mapping: Mapping, name: string, leafName: string, { type, declared }: Detection): Field => {
  const template = mapping.dynamicTemplates.find((candidate) => candidate.matches(type, leafName, name));
  if (!template) return parseField(name, declared, mapping);
  const chosen = template.mappingFor(type, leafName);
  const kind: Json = chosen.type ?? (type === "string" ? "text" : (declared.type ?? "text"));
  // A template for fields of any type may say what objects have not.
  if (kind === "object" && type === "object") return parseField(name, objectParameters(chosen), mapping);
  const field = parseField(name, { ...chosen, type: kind }, mapping);
  return field.kind === "leaf" ? withNullValue(field) : field;
};

const OBJECT_PARAMETERS = new Set(["dynamic", "enabled", "properties", "subobjects"]);

const objectParameters = (chosen: JsonObject): JsonObject => ({
  ...Object.fromEntries(Object.entries(chosen).filter(([key]) => OBJECT_PARAMETERS.has(key))),
  type: "object",
});
