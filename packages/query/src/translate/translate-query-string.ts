import { escapeQueryString } from "../escape-query-string.ts";
import type { EventSchema } from "../fields/event-schema.ts";
import { preview, QueryError } from "../query-error.ts";
import { tokensOf, type Token } from "./query-string-tokens.ts";
import { type Resolved, standInFor, valuesThatFit } from "./stand-in.ts";

/**
 * A query string over other names. Words without a field look into all fields, as they did.
 *
 * @throws {QueryError} `QUERY_FIELD_UNNAMED`.
 */
export const translateQueryString = (query: string, schema: EventSchema): string => {
  const tokens = tokensOf(query);
  let [text, at] = ["", 0];
  while (at < tokens.length) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind !== "field") {
      text += token.text;
      at++;
      continue;
    }
    const asked = askedOf(tokens, at);
    text += translated(query, asked, schema);
    at = asked.next;
  }
  return text;
};

/** A field and, as far as it is one value, what it is compared with. */
interface Asked {
  readonly name: string;
  /** As it stands, without the colon. */
  readonly text: string;
  readonly value: Token | undefined;
  /** What is between the colon and the value. */
  readonly space: string;
  /** The token after all that. */
  readonly next: number;
}

const askedOf = (tokens: readonly Token[], at: number): Asked => {
  const text = (tokens[at]?.text ?? "").slice(0, -1).trimEnd();
  const space = tokens[at + 1]?.kind === "space" ? (tokens[at + 1]?.text ?? "") : "";
  const place = at + (space === "" ? 1 : 2);
  const value = tokens[place];
  const isValue = value?.kind === "word" || value?.kind === "quoted";
  return { name: unescaped(text), text, value, space, next: isValue ? place + 1 : place };
};

const translated = (query: string, { name, text, value, space }: Asked, schema: EventSchema): string => {
  const after = value?.kind === "word" || value?.kind === "quoted" ? value.text : "";
  if (name === "*") return `${text}:${space}${after}`;
  if (name === "_exists_" && value !== undefined) return exists(standInFor(plain(query, value), schema));
  // Escaped or not: in the name of a field, a star always stands for several.
  if (/[*?]/.test(name)) throw unclear(query, `the name ${text}, which stands for several fields`);
  const standIn = standInFor(name, schema);
  if ("field" in standIn && standIn.values === undefined) return `${escapeQueryString(standIn.field)}:${space}${after}`;
  if (value === undefined) throw unclear(query, name);
  const wanted = plain(query, value);
  if ("value" in standIn) return standIn.value === wanted ? EVERYTHING : NOTHING;
  return anyOf(
    standIn.field,
    valuesThatFit(standIn.values ?? {}, (one) => one === wanted),
  );
};

const EVERYTHING = "*:*";
const NOTHING = "(NOT *:*)";

const exists = (standIn: Resolved): string => {
  if ("value" in standIn) return EVERYTHING;
  const { field, values } = standIn;
  return values === undefined
    ? `_exists_:${escapeQueryString(field)}`
    : anyOf(
        field,
        valuesThatFit(values, () => true),
      );
};

const anyOf = (field: string, values: readonly string[]): string =>
  values.length === 0 ? NOTHING : `${escapeQueryString(field)}:(${values.map(quoted).join(" OR ")})`;

const quoted = (value: string): string => `"${value.replace(/["\\]/g, "\\$&")}"`;

const unescaped = (text: string): string => text.replace(/\\(.)/gs, "$1");

/** A value that is compared as it stands. */
const plain = (query: string, { kind, text }: Token): string => {
  if (kind === "quoted" && text.length > 1) return unescaped(text.slice(1, -1));
  if (kind === "word" && !/(?<!\\)[*?]/.test(text)) return unescaped(text);
  throw unclear(query, text);
};

const unclear = (query: string, received: string): QueryError =>
  new QueryError(
    "QUERY_FIELD_UNNAMED",
    `A query string cannot be put into the names of this source. Expected: single values, or a field among its "names", where the source has other values. Received: ${preview(received)} in ${preview(query)}.`,
  );
