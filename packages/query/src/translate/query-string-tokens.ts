/** A piece of a query string, in the order in which they come; joined again they are the query string. */
export interface Token {
  /** `field` is followed by a colon, which is part of its text; `open` is text in which no field can be, such as a regular expression. */
  readonly kind: "space" | "mark" | "word" | "field" | "quoted" | "open";
  readonly text: string;
}

/** Ends of what is read as one piece, by its first character. */
const ENDS: Readonly<Record<string, string>> = { '"': '"', "/": "/", "[": "]}", "{": "]}" };

const MARKS = "()+-!|&^~<>=:";

/** Reads Lucene's query string syntax as far as fields are told from what they hold, in one pass. */
export const tokensOf = (query: string): readonly Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const end = endOf(query, at);
    const text = query.slice(at, end);
    const [first = ""] = text;
    if (/\s/.test(first)) tokens.push({ kind: "space", text });
    else if (Object.hasOwn(ENDS, first)) tokens.push({ kind: first === '"' ? "quoted" : "open", text });
    else if (isWordPart(query, at)) {
      const colon = colonAfter(query, end);
      tokens.push(colon === 0 ? { kind: "word", text } : { kind: "field", text: query.slice(at, colon) });
      at = Math.max(end, colon);
      continue;
    } else tokens.push({ kind: "mark", text });
    at = end;
  }
  return tokens;
};

const endOf = (query: string, start: number): number => {
  const first = query[start] ?? "";
  const ends = Object.hasOwn(ENDS, first) ? ENDS[first] : undefined;
  if (ends !== undefined) return closedBy(query, start + 1, ends);
  if (/\s/.test(first)) return lastOf(query, start, (at) => /\s/.test(query[at] ?? ""));
  return isWordPart(query, start) ? wordEnd(query, start) : start + 1;
};

const closedBy = (query: string, start: number, ends: string): number => {
  for (let at = start; at < query.length; at++)
    if (query[at] === "\\") at++;
    else if (ends.includes(query[at] ?? "")) return at + 1;
  return query.length;
};

const lastOf = (query: string, start: number, belongs: (at: number) => boolean): number => {
  let at = start;
  while (at < query.length && belongs(at)) at++;
  return at;
};

const isWordPart = (query: string, at: number): boolean => {
  const character = query[at] ?? "";
  return character === "\\" || !(/\s/.test(character) || MARKS.includes(character) || Object.hasOwn(ENDS, character));
};

/** Inside a word, `+`, `-` and `=` are characters like any other. */
const wordEnd = (query: string, start: number): number => {
  let at = start;
  while (at < query.length)
    if (query[at] === "\\") at += 2;
    else if (isWordPart(query, at) || "+-=/".includes(query[at] ?? "")) at++;
    else break;
  return Math.min(at, query.length);
};

/** The place behind a colon that follows, perhaps after white space; 0 when none does. */
const colonAfter = (query: string, end: number): number => {
  const at = lastOf(query, end, (place) => /\s/.test(query[place] ?? ""));
  return query[at] === ":" ? at + 1 : 0;
};
