/** One or more values of a field as a clause, in Lucene query string syntax. An event with a list has all of its values. */
export const clauseOf = (field: string, value: unknown): string => {
  const values = (Array.isArray(value) ? (value as readonly unknown[]) : [value]).slice(0, MOST_VALUES);
  const name = field.replaceAll(/[\\:"\s()[\]{}!^~*?/+=<>&|-]/g, String.raw`\$&`);
  return values.map((one) => `${name}:${quoted(textOf(one))}`).join(" AND ");
};

/** The text narrowed by a clause, or by its opposite. */
export const narrowed = (text: string, clause: string, isWithout = false): string => {
  const added = isWithout ? `NOT (${clause})` : clause;
  const before = text.trim();
  if (before === "") return added;
  return `${isOneClause(before) ? before : `(${before})`} AND ${added}`;
};

const MOST_VALUES = 5;

/** A text as it stands, in whichever field. */
export const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Whether AND can follow without changing what comes before: nothing there is joined by OR. */
const isOneClause = (text: string): boolean =>
  text.split(/ AND /).every((part) => /^(?:NOT )?[^\s"]*(?:"(?:[^"\\]|\\.)*")?$/.test(part)) || isInParentheses(text);

const isInParentheses = (text: string): boolean => {
  if (!text.startsWith("(") || !text.endsWith(")")) return false;
  let depth = 0;
  for (const [index, character] of Array.from(text).entries()) {
    if (character === '"' || character === "\\") return false;
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (depth === 0 && index < text.length - 1) return false;
  }
  return true;
};

/** The part of a text that is being typed: what may be completed. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The word around the caret: up to white space, parentheses and quotes. */
export const tokenAt = (text: string, caret: number): Token => {
  const before = /[^\s()"]*$/.exec(text.slice(0, caret))?.[0] ?? "";
  return { start: caret - before.length, end: caret, text: before };
};

/** The text with a token replaced, and where the caret is then. */
export const completed = (text: string, { start, end }: Token, by: string): { text: string; caret: number } => ({
  text: `${text.slice(0, start)}${by}${text.slice(end)}`,
  caret: start + by.length,
});
