/** Lines shown of each side. */
const SHOWN = 12;

/** JSON over several lines, keys in order: what is equal but for the order of keys is the same text. */
export const asLines = (value: unknown): string => JSON.stringify(sorted(value), undefined, 1);

const sorted = (value: unknown): unknown => {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
};

/** Where two texts start to differ, or undefined when they are equal. */
export const lineDifference = (server: string, embedded: string): string | undefined => {
  if (server === embedded) return undefined;
  const [expected, actual] = [server.split("\n"), embedded.split("\n")];
  const first = expected.findIndex((line, index) => line !== actual[index]);
  const start = Math.max(0, (first < 0 ? expected.length : first) - 2);
  const part = (lines: readonly string[]): string => lines.slice(start, start + SHOWN).join("\n    ");
  return `  server:\n    ${part(expected)}\n  embedded:\n    ${part(actual)}`;
};
