/** Names of keys whose values are in no log. */
const SECRET = /pass|secret|token|credential|authorization|cookie/i;

const LONGEST_TEXT = 500;
const MOST_ITEMS = 50;
const DEEPEST = 4;

/** What a request asked for, without secrets, and no longer than somebody wants to read. */
export const auditDetail = (body: unknown): Readonly<Record<string, unknown>> => {
  const shown = shorten(body, 0);
  if (typeof shown !== "object" || shown === null) return {};
  return Array.isArray(shown) ? { items: shown } : (shown as Readonly<Record<string, unknown>>);
};

const shorten = (value: unknown, depth: number): unknown => {
  if (typeof value === "string")
    return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}... (${value.length} characters)` : value;
  if (typeof value !== "object" || value === null) return value;
  if (depth === DEEPEST) return "...";
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((item) => shorten(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_ITEMS)
      .map(([key, each]) => [key.slice(0, LONGEST_TEXT), SECRET.test(key) ? "***" : shorten(each, depth + 1)]),
  );
};
