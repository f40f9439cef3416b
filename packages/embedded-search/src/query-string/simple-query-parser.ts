import { ValueError } from "../errors/value-error.ts";
import { SIMPLE_QUERY_FLAGS as FLAGS } from "../recipe/simple-query-flags.ts";
import { closingParentheses } from "./closing-parentheses.ts";

/** What a simple query string is made of; edits are 1 or 2, slop is 0 or more. */
export type SimpleLeaf =
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "phrase"; readonly text: string; readonly slop: number }
  | { readonly kind: "prefix"; readonly text: string }
  | { readonly kind: "fuzzy"; readonly text: string; readonly edits: 1 | 2 };

export type SimpleOperation = "must" | "should";

/** How the parts of a text become a query. */
export interface SimpleBuilder<Built> {
  /** undefined when there is nothing to look for. */
  leaf(leaf: SimpleLeaf): Built | undefined;
  not(built: Built): Built;
  /** What one operation joins is joined with what follows, unless that is another operation. */
  join(first: Built, operation: SimpleOperation): Built;
  /** @param joined - What {@link SimpleBuilder.join} or this gave. */
  add(joined: Built, next: Built, operation: SimpleOperation): Built;
}

/** How a text is read. */
export interface SimpleParseOptions {
  readonly flags: number;
  readonly defaultOperation: SimpleOperation;
}

/** How deep parentheses and changes of the operation may go; far more than anybody writes, and safe for the stack. */
const MAX_DEPTH = 1000;

const MAX_EDITS = 2;

/** What was read of a text, or of parentheses in it. */
interface State<Built> {
  readonly end: number;
  readonly depth: number;
  top: Built | undefined;
  current: SimpleOperation | undefined;
  previous: SimpleOperation | undefined;
  negations: number;
  changes: number;
}

const newState = <Built>(end: number, depth: number): State<Built> => ({
  end,
  depth,
  top: undefined,
  current: undefined,
  previous: undefined,
  negations: 0,
  changes: 0,
});

/** As Lucene's SimpleQueryParser: nothing is a mistake, signs in the wrong place are left out. */
class SimpleQueryParser<Built> {
  readonly #text: string;
  readonly #options: SimpleParseOptions;
  readonly #builder: SimpleBuilder<Built>;
  readonly #closing: ReadonlyMap<number, number>;
  #at = 0;

  constructor(text: string, options: SimpleParseOptions, builder: SimpleBuilder<Built>) {
    this.#text = text;
    this.#options = options;
    this.#builder = builder;
    this.#closing = this.#has("PRECEDENCE") ? closingParentheses(text, this.#has("ESCAPE")) : new Map();
  }

  parse(): Built | undefined {
    const state = newState<Built>(this.#text.length, 0);
    this.#group(state);
    return state.top;
  }

  #has(flag: keyof typeof FLAGS): boolean {
    return (this.#options.flags & FLAGS[flag]) !== 0;
  }

  #sees(sign: string, flag: keyof typeof FLAGS, at = this.#at): boolean {
    return this.#text[at] === sign && this.#has(flag);
  }

  #seesSpace(at = this.#at): boolean {
    return /[ \t\n\r]/.test(this.#text[at] ?? "") && this.#has("WHITESPACE");
  }

  #group(state: State<Built>): void {
    if (state.depth > MAX_DEPTH) throw new ValueError("simple_query_string is too deeply nested");
    while (this.#at < state.end) {
      if (this.#sees("-", "NOT")) {
        state.negations++;
        this.#at++;
        continue;
      }
      this.#part(state);
      state.negations = 0;
    }
  }

  #part(state: State<Built>): void {
    if (this.#sees("(", "PRECEDENCE")) this.#parentheses(state);
    else if (this.#sees('"', "PHRASE")) this.#phrase(state);
    else if (this.#sees("+", "AND")) this.#operation(state, "must");
    else if (this.#sees("|", "OR")) this.#operation(state, "should");
    else if (this.#sees(")", "PRECEDENCE") || this.#seesSpace()) this.#at++;
    else this.#token(state);
  }

  /** The first of several counts, and none before there is something to join. */
  #operation(state: State<Built>, operation: SimpleOperation): void {
    if (state.top !== undefined) state.current ??= operation;
    this.#at++;
  }

  #parentheses(state: State<Built>): void {
    const start = ++this.#at;
    const end = this.#closing.get(start - 1);
    if (end === undefined || end >= state.end) return;
    if (end === start) state.current = undefined;
    else {
      const inner = newState<Built>(end, state.depth + 1);
      this.#group(inner);
      this.#join(state, inner.top);
    }
    this.#at = end + 1;
  }

  #phrase(state: State<Built>): void {
    const start = ++this.#at;
    const { text, end } = this.#quoted(start, state.end);
    if (end === undefined) return;
    const hasTilde = end + 1 < state.end && this.#sees("~", "NEAR", end + 1);
    const isNear = hasTilde && end + 2 < state.end;
    this.#at = hasTilde ? end + 1 : end;
    if (this.#at === start) state.current = undefined;
    else
      this.#join(state, this.#builder.leaf({ kind: "phrase", text, slop: isNear ? this.#numberAfterTilde(state) : 0 }));
    this.#at++;
  }

  /** The text up to the next quote; without one there is no end. */
  #quoted(start: number, limit: number): { readonly text: string; readonly end: number | undefined } {
    let text = "";
    for (let at = start; at < limit; at++)
      if (this.#sees("\\", "ESCAPE", at)) {
        if (++at < limit) text += this.#text[at] ?? "";
      } else if (this.#text[at] === '"') return { text, end: at };
      else text += this.#text[at] ?? "";

    return { text, end: undefined };
  }

  #token(state: State<Built>): void {
    let text = "";
    let isPrefix = false;
    for (; this.#at < state.end; this.#at++) {
      if (this.#sees("\\", "ESCAPE")) {
        isPrefix = false;
        if (++this.#at < state.end) text += this.#text[this.#at] ?? "";
        continue;
      }
      if (this.#endsToken()) break;
      if (text !== "" && this.#sees("~", "FUZZY")) {
        this.#join(state, this.#fuzzy(text, this.#numberAfterTilde(state)));
        return;
      }
      isPrefix = text !== "" && this.#sees("*", "PREFIX");
      text += this.#text[this.#at] ?? "";
    }
    if (text === "") return;
    this.#join(
      state,
      this.#builder.leaf(isPrefix ? { kind: "prefix", text: text.slice(0, -1) } : { kind: "words", text }),
    );
  }

  #fuzzy(text: string, edits: number): Built | undefined {
    if (edits === 0) return this.#builder.leaf({ kind: "words", text });
    return this.#builder.leaf({ kind: "fuzzy", text, edits: edits >= MAX_EDITS ? 2 : 1 });
  }

  #endsToken(): boolean {
    return (
      this.#sees('"', "PHRASE") ||
      this.#sees("|", "OR") ||
      this.#sees("+", "AND") ||
      this.#sees("(", "PRECEDENCE") ||
      this.#sees(")", "PRECEDENCE") ||
      this.#seesSpace()
    );
  }

  /** Up to the end of the token; what is no number counts as 0, nothing as 2. */
  #numberAfterTilde({ end }: State<Built>): number {
    const start = ++this.#at;
    while (this.#at < end && !this.#endsToken()) this.#at++;
    const text = this.#text.slice(start, this.#at);
    if (text === "") return 2;
    const number = /^[+-]?\d{1,10}$/.test(text) ? Number(text) : 0;
    return number > 2 ** 31 - 1 ? 0 : Math.max(0, number);
  }

  #join(state: State<Built>, built: Built | undefined): void {
    if (built === undefined) return;
    const next = state.negations % 2 === 1 ? this.#builder.not(built) : built;
    state.top = state.top === undefined ? next : this.#added(state, state.top, next);
    state.current = undefined;
  }

  #added(state: State<Built>, top: Built, next: Built): Built {
    const operation = state.current ?? this.#options.defaultOperation;
    const joined = state.previous === operation ? top : this.#changed(state, top, operation);
    state.previous = operation;
    return this.#builder.add(joined, next, operation);
  }

  #changed(state: State<Built>, top: Built, operation: SimpleOperation): Built {
    if (++state.changes > MAX_DEPTH) throw new ValueError("simple_query_string changes its operators too often");
    return this.#builder.join(top, operation);
  }
}

/** @returns undefined when the text asks for nothing. @throws {ValueError} for a text that is too deep. */
export const parseSimpleQuery = <Built>(
  text: string,
  options: SimpleParseOptions,
  builder: SimpleBuilder<Built>,
): Built | undefined => new SimpleQueryParser(text, options, builder).parse();
