/** About how many characters a JSON value takes, in memory or as text. Texts are not looked into: escapes make them longer. */
export const weightOf = (value: unknown): number => {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 8;
  let weight = 16;
  if (Array.isArray(value)) for (const item of value as readonly unknown[]) weight += weightOf(item);
  else for (const key of Object.keys(value)) weight += key.length + weightOf((value as Values)[key]);
  return weight;
};

type Values = Readonly<Record<string, unknown>>;
