/** Levels of objects and lists; a cycle has more. */
const MOST_LEVELS = 100;

/**
 * About how many characters a value takes as JSON, or in memory. Texts are not looked into: escapes make them longer.
 *
 * @throws {TypeError} saying why it cannot be written as JSON: a BigInt, a cycle, a getter or `toJSON` that throws.
 */
export const jsonWeight = (value: unknown): number => weightOf(value, 1);

const weightOf = (value: unknown, level: number): number => {
  if (typeof value === "string") return value.length;
  if (typeof value === "bigint") throw new TypeError(`JSON has no BigInt, such as ${value.toString().slice(0, 40)}n`);
  if (typeof value !== "object" || value === null) return FEW;
  if (level > MOST_LEVELS) throw new TypeError(`it is nested deeper than ${MOST_LEVELS} levels, or within itself`);
  if ("toJSON" in value && typeof value.toJSON === "function") return weightOf(readBack(value), level + 1);
  let weight = FEW;
  if (Array.isArray(value)) for (const item of value as readonly unknown[]) weight += weightOf(item, level + 1);
  else for (const key of Object.keys(value)) weight += key.length + weightOf((value as Values)[key], level + 1);
  return weight;
};

type Values = Readonly<Record<string, unknown>>;

/** A number, `null`, what is around a list. */
const FEW = 8;

/** undefined where JSON leaves it out. */
const readBack = (value: object): unknown => {
  const text: unknown = JSON.stringify(value);
  return typeof text === "string" ? (JSON.parse(text) as unknown) : undefined;
};
