import type { Random } from "../random.ts";

type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

const deep = (depth: number): Value => (depth === 0 ? 1 : { a: deep(depth - 1) });

/** Values that are JSON and rarely what is expected. */
const odd: readonly [Value, ...Value[]] = [
  null,
  true,
  "",
  " ",
  "*",
  "_id",
  "no.such.field",
  "2020-02-30",
  "-1",
  "1.5",
  "Infinity",
  0,
  -1,
  1.5,
  1e21,
  9_007_199_254_740_994,
  2_147_483_648,
  [],
  {},
  [null],
  [[["a"]]],
  { x: 1 },
  { __proto__x: 1, constructor: 2 },
  "a".repeat(40_000),
  deep(40),
  "\ud800",
  "now/d",
  "10.0.0.0/8",
];

/** Replaces one value somewhere in a line of a body with an odd one, or renames a key. The body has to be JSON lines. */
export const mutateJson = (body: string, random: Random): string => {
  const lines = body.split("\n");
  const at = random.below(Math.max(1, lines.length - 1));
  const line = lines[at] ?? "";
  if (line === "") return body;
  const holder: Value = { line: JSON.parse(line) as Value };
  spoil(holder, random);
  lines[at] = JSON.stringify(holder.line);
  return lines.join("\n");
};

/** Descends at random and changes something where it stops. */
const spoil = (value: Value, random: Random): void => {
  if (typeof value !== "object" || value === null) return;
  const keys = Object.keys(value);
  const key = keys[random.below(keys.length)];
  if (key === undefined) return;
  const holder = value as Record<string, Value>;
  const child = holder[key] ?? null;
  if (typeof child === "object" && child !== null && Object.keys(child).length > 0 && random.below(6) > 0) {
    spoil(child, random);
    return;
  }
  if (!Array.isArray(value) && random.below(5) === 0) {
    Reflect.deleteProperty(holder, key);
    holder[random.pick(["", "nope", "field", "query", "__proto__", "boost", key])] = child;
  } else holder[key] = random.pick(odd);
};
