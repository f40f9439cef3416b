const WIDTH = 120;
const INDENT = "  ";

/** Text that is put into a literal as it stands. */
export class Code {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * A value as TypeScript: on one line where it fits, as prettier would have it.
 *
 * @param depth - Levels of indentation where it stands.
 * @param before - Characters before it on its line, indentation not counted.
 */
export const literal = (value: unknown, depth = 0, before = 0): string => {
  const flat = flatLiteral(value);
  if (depth * INDENT.length + before + flat.length + 1 <= WIDTH) return flat;
  const inner = INDENT.repeat(depth + 1);
  const lines = Array.isArray(value)
    ? value.map((item) => `${inner}${literal(item, depth + 1)},`)
    : isObject(value)
      ? entriesOf(value).map(([key, item]) => `${inner}${key}: ${literal(item, depth + 1, key.length + 2)},`)
      : [];
  if (lines.length === 0) return flat;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return [open, ...lines, `${INDENT.repeat(depth)}${close}`].join("\n");
};

const flatLiteral = (value: unknown): string => {
  if (value instanceof Code) return value.text;
  if (Array.isArray(value)) return `[${value.map(flatLiteral).join(", ")}]`;
  if (!isObject(value)) return value === undefined ? "undefined" : JSON.stringify(value);
  const entries = entriesOf(value).map(([key, item]) => `${key}: ${flatLiteral(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !(value instanceof Code);

/** Keys as they have to be written. `__proto__` would set the prototype. */
const entriesOf = (value: Readonly<Record<string, unknown>>): readonly (readonly [key: string, value: unknown])[] =>
  Object.entries(value).map(([key, item]) => [
    key === "__proto__" ? '["__proto__"]' : /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key),
    item,
  ]);
