import { QuerySyntaxError, shown } from "./query-syntax-error.ts";
import type { QueryToken, QueryTokenKind } from "./query-token.ts";

/** Where the lexer is: in plain text, after a `^`, or between the brackets of a range. */
type Mode = "text" | "boost" | "range";

/** Elasticsearch's messages give the mode as a number, except for the first. */
const MODE_NUMBERS: Record<Mode, number> = { boost: 0, range: 1, text: 2 };

const MODE_AFTER: Partial<Record<QueryTokenKind, Mode>> = {
  caret: "boost",
  number: "text",
  openInclusive: "range",
  openExclusive: "range",
  closeInclusive: "text",
  closeExclusive: "text",
};

const SINGLE_CHARACTER_TOKENS: ReadonlyMap<string, QueryTokenKind> = new Map([
  ["!", "not"],
  ["+", "plus"],
  ["-", "minus"],
  ["(", "open"],
  [")", "close"],
  [":", "colon"],
  ["*", "star"],
  ["^", "caret"],
  ["[", "openInclusive"],
  ["{", "openExclusive"],
]);

const WORD_TOKENS: ReadonlyMap<string, QueryTokenKind> = new Map([
  ["AND", "and"],
  ["&&", "and"],
  ["OR", "or"],
  ["||", "or"],
  ["NOT", "not"],
]);

const WHITESPACE = " \t\n\r\u3000";
/** Characters that cannot start a term unless escaped. */
const SPECIAL = `${WHITESPACE}+-!():^[]"{}~*?\\/`;

const isWhitespace = (character: string): boolean => character !== "" && WHITESPACE.includes(character);

/** Cuts a query string into tokens, one at a time: always the longest match. */
export class QueryLexer {
  readonly #text: string;
  #position = 0;
  #mode: Mode = "text";

  constructor(text: string) {
    this.#text = text;
  }

  /** @throws {QuerySyntaxError} `token_mgr_error` when no token fits. */
  next(): QueryToken {
    if (this.#mode !== "boost") this.#skipWhitespace();
    const start = this.#position;
    if (start >= this.#text.length) return { kind: "end", image: "", start };
    const found =
      this.#mode === "text" ? this.#textToken() : this.#mode === "range" ? this.#rangeToken() : this.#boost();
    const [kind, end] = found;
    this.#position = end;
    this.#mode = MODE_AFTER[kind] ?? this.#mode;
    return { kind, image: this.#text.slice(start, end), start };
  }

  #skipWhitespace(): void {
    // Between brackets, anything but a space may also start a longer text.
    while (isWhitespace(this.#text.charAt(this.#position))) {
      if (this.#mode === "range" && this.#rangeTextEnd(this.#position) > this.#position + 1) return;
      this.#position++;
    }
  }

  #textToken(): readonly [QueryTokenKind, number] {
    const start = this.#position;
    const first = this.#text.charAt(start);
    if (first === '"') return ["quoted", this.#quotedEnd(start)];
    if (first === "/") return ["regexp", this.#regexpEnd(start)];
    if (first === "~") return ["fuzzySlop", this.#termEnd(start + 1, "")];
    if ("+-!".includes(first) && isWhitespace(this.#text.charAt(start + 1))) return ["bareOperator", start + 2];
    const wild = this.#termEnd(start, "*?");
    if (wild === start + 1 && first === "*") return ["star", wild];
    if (wild === start || "+-".includes(first)) return this.#singleToken(start, first);
    const image = this.#text.slice(start, wild);
    return [WORD_TOKENS.get(image) ?? this.#termKind(start, wild), wild];
  }

  #singleToken(start: number, first: string): readonly [QueryTokenKind, number] {
    const kind = SINGLE_CHARACTER_TOKENS.get(first);
    if (kind === undefined) this.#fail(start, start);
    return [kind, start + 1];
  }

  #termKind(start: number, end: number): QueryTokenKind {
    const plainEnd = this.#termEnd(start, "");
    if (plainEnd === end) return "term";
    return plainEnd === end - 1 && this.#text[plainEnd] === "*" ? "prefix" : "wildcard";
  }

  /** Where a run of term characters ends; `more` are special characters that count as such. */
  #termEnd(start: number, more: string): number {
    let end = start;
    while (end < this.#text.length) {
      const character = this.#text.charAt(end);
      if (character === "\\") {
        if (end + 1 >= this.#text.length) break;
        end += 2;
      } else if (!SPECIAL.includes(character) || "+-".includes(character) || more.includes(character)) end++;
      else break;
    }
    return end;
  }

  #quotedEnd(start: number): number {
    for (let end = start + 1; end < this.#text.length; end++) {
      const character = this.#text[end];
      if (character === '"') return end + 1;
      if (character === "\\") end++;
    }
    this.#fail(start, this.#text.length);
  }

  /** A slash after a backslash may end the expression, but only if no later slash does. */
  #regexpEnd(start: number): number {
    let candidate: number | undefined;
    for (let end = start + 1; end < this.#text.length; end++) {
      if (this.#text[end] !== "/") continue;
      candidate = end + 1;
      if (this.#text[end - 1] !== "\\" || end - 1 === start) break;
    }
    if (candidate === undefined) this.#fail(start, this.#text.length);
    return candidate;
  }

  #boost(): readonly [QueryTokenKind, number] {
    const start = this.#position;
    const [digits] = /^\d+(?:\.\d+)?/.exec(this.#text.slice(start, start + 400)) ?? [];
    if (digits === undefined) this.#fail(start, start);
    return ["number", start + digits.length];
  }

  #rangeToken(): readonly [QueryTokenKind, number] {
    const start = this.#position;
    const first = this.#text.charAt(start);
    if (first === "]") return ["closeInclusive", start + 1];
    if (first === "}") return ["closeExclusive", start + 1];
    const textEnd = this.#rangeTextEnd(start);
    const quotedEnd = first === '"' ? this.#rangeQuotedEnd(start) : start;
    if (quotedEnd >= textEnd) return ["rangeQuoted", quotedEnd];
    return [this.#text.slice(start, textEnd) === "TO" ? "to" : "rangeText", textEnd];
  }

  #rangeTextEnd(start: number): number {
    let end = start;
    while (end < this.#text.length && !" ]}".includes(this.#text.charAt(end))) end++;
    return end;
  }

  /** The end of a quoted range bound: the last quote reachable across escaped quotes; `start` if there is none. */
  #rangeQuotedEnd(start: number): number {
    let candidate = start;
    for (let end = start + 1; end < this.#text.length; end++) {
      if (this.#text[end] !== '"') continue;
      // An empty pair of quotes is not quoted text.
      if (end === start + 1) break;
      candidate = end + 1;
      if (this.#text[end - 1] !== "\\") break;
    }
    return candidate;
  }

  /** No token starts at `start`; reading got as far as `end`. */
  #fail(start: number, end: number): never {
    // An unmatched character at the very end counts as the end, too.
    const atEnd = end >= this.#text.length - 1;
    const after = this.#text.slice(start, Math.max(end, start));
    const state = MODE_NUMBERS[this.#mode];
    const character = this.#text.charCodeAt(start);
    const place =
      atEnd && /[\n\r]$/.test(this.#text)
        ? "line 2, column 0"
        : `line 1, column ${(atEnd ? this.#text.length : start) + 1}`;
    throw new QuerySyntaxError(
      "token_mgr_error",
      `Lexical error at ${place}.  Encountered: ` +
        (atEnd ? "<EOF>" : `'${character}' (${character}),`) +
        (after.length > 1 ? ` after prefix "${shown(after)}"` : "") +
        (state === 0 ? "" : ` (in lexical state ${state})`),
    );
  }
}
