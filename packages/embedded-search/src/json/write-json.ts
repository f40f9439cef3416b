import { JsonNumber } from "./json.ts";

/** Text that is already JSON, e.g. a stored `_source`, and is written unchanged. */
export class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A floating point number: written with a decimal point (`1.0`) as Java does. */
export class Double {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** The values of an answer: JSON, the classes above, {@link JsonNumber}, and lists and plain objects of them. */
export type Writable = null | undefined | string | number | bigint | boolean | object;

/** JSON text of an answer. Keys whose value is undefined are left out. */
export const writeJson = (value: Writable): string => {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return String(value);
    case "boolean":
    case "bigint":
      return String(value);
    default:
      return value == null ? "null" : writeComposite(value);
  }
};

const writeComposite = (value: object): string => {
  if (value instanceof RawJson || value instanceof JsonNumber) return value.text;
  if (value instanceof Double) return writeDouble(value.value);
  if (Array.isArray(value)) return writeArray(value as readonly Writable[]);
  return writeObject(value as Readonly<Record<string, Writable>>);
};

const writeArray = (items: readonly Writable[]): string => {
  let text = "[";
  for (let i = 0; i < items.length; i++) text += (i === 0 ? "" : ",") + writeJson(items[i]);
  return text + "]";
};

const writeObject = (object: Readonly<Record<string, Writable>>): string => {
  let text = "{";
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value === undefined) continue;
    text += (text.length === 1 ? "" : ",") + quoted(key) + writeJson(value);
  }
  return text + "}";
};

const PLAIN_KEY = /^\w+$/;

const quoted = (key: string): string => (PLAIN_KEY.test(key) ? `"${key}":` : `${JSON.stringify(key)}:`);

/** As `Double.toString` of Java: `1.0`, `0.5`, `1.0E10`; not a number is the string `"NaN"`. */
export const writeDouble = (value: number): string => {
  if (!Number.isFinite(value)) return JSON.stringify(String(value));
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return scientific(value);
  const text = Object.is(value, -0) ? "-0" : String(value);
  return text.includes(".") ? text : `${text}.0`;
};

/** Java has two digits at least, and chooses those nearest to the value. */
const scientific = (value: number): string => {
  const shortest = value.toExponential();
  const [mantissa = "0", exponent = "0"] = (shortest.includes(".") ? shortest : value.toExponential(1)).split("e");
  return `${mantissa}E${Number(exponent)}`;
};
