import type { Silence } from "@mozdef/alert-api";

/** What a silence matches, one field a line: `ip: 192.0.2.7`. What is not a text is JSON. */
export const formatMatch = (match: Silence["match"]): string =>
  Object.entries(match)
    .map(([field, value]) => `${field}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("\n");

/** Reads what {@link formatMatch} writes. @throws {Error} naming the line that is not of this form. */
export const parseMatch = (text: string): Silence["match"] => {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  if (lines.length === 0) throw new Error("Write at least one line, such as ip: 192.0.2.7");
  return Object.fromEntries(
    lines.map((line) => {
      const [, field, value] = /^([\w.@-]+)\s*:\s*(.+)$/.exec(line) ?? [];
      if (field === undefined || value === undefined)
        throw new Error(`A field and what it has to be, such as ip: 192.0.2.7. Received: ${line}`);
      return [field, valueOf(value)];
    }),
  );
};

/** Lists and conditions are JSON; everything else is a text, also a number. */
const valueOf = (text: string): unknown => {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`This is not JSON: ${text}`);
  }
};
