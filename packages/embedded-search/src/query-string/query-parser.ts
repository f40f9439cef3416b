import { fuzzinessOf } from "./fuzziness-of.ts";
import type { ClauseNode, Conjunction, GroupNode, LeafNode, Modifier, QueryNode } from "./query-ast.ts";
import { QueryLexer } from "./query-lexer.ts";
import { QuerySyntaxError, shown } from "./query-syntax-error.ts";
import { type QueryToken, type QueryTokenKind, TOKEN_NAMES } from "./query-token.ts";
import { escapeQueryString, unescape } from "./unescape.ts";

/** Depth limit of parentheses; far more than anybody writes, and safe for the stack. */
const MAX_DEPTH = 1000;

const CLAUSE_STARTS = new Set<QueryTokenKind>([
  "and",
  "or",
  "not",
  "plus",
  "minus",
  "bareOperator",
  "open",
  "star",
  "quoted",
  "term",
  "prefix",
  "wildcard",
  "regexp",
  "openInclusive",
  "openExclusive",
  "number",
]);

/** What may not follow a word that is joined with the word before it. */
const ENDS_WORDS = new Set<QueryTokenKind>(["colon", "star", "fuzzySlop", "caret", "and", "or"]);

const RANGE_ENDS: readonly QueryTokenKind[] = ["rangeText", "rangeQuoted", "to"];

const MODIFIERS: Partial<Record<QueryTokenKind, Modifier>> = {
  plus: "required",
  minus: "prohibited",
  not: "prohibited",
};

/** Recursive descent over Lucene's classic grammar, with the lookahead that the grammar needs. */
class QueryParser {
  readonly #lexer: QueryLexer;
  readonly #ahead: QueryToken[] = [];
  readonly #onLeaf: ((leaf: LeafNode) => void) | undefined;
  #depth = 0;

  constructor(text: string, onLeaf: ((leaf: LeafNode) => void) | undefined) {
    this.#lexer = new QueryLexer(text);
    this.#onLeaf = onLeaf;
  }

  parse(): GroupNode {
    const group = this.#group(undefined);
    this.#take("end");
    return group;
  }

  #peek(distance = 0): QueryToken {
    let token = this.#ahead[distance];
    while (token === undefined) {
      this.#ahead.push(this.#lexer.next());
      token = this.#ahead[distance];
    }
    return token;
  }

  #sees(kind: QueryTokenKind, distance = 0): boolean {
    return this.#peek(distance).kind === kind;
  }

  #take(...kinds: readonly QueryTokenKind[]): QueryToken {
    const token = this.#peek();
    if (!kinds.includes(token.kind)) throw unexpected(token);
    this.#ahead.shift();
    return token;
  }

  #takeIf(kind: QueryTokenKind): QueryToken | undefined {
    return this.#sees(kind) ? this.#take(kind) : undefined;
  }

  #group(field: string | undefined): GroupNode {
    const clauses: ClauseNode[] = [];
    do clauses.push(this.#startsWords() ? this.#words(field) : this.#joinedClause(field, clauses.length > 0));
    while (CLAUSE_STARTS.has(this.#peek().kind));
    return { kind: "group", clauses, boosted: false };
  }

  #joinedClause(field: string | undefined, mayJoin: boolean): ClauseNode {
    const conjunction = mayJoin ? this.#conjunction() : "none";
    const modifier = MODIFIERS[this.#peek().kind] ?? "none";
    if (modifier !== "none") this.#take(this.#peek().kind);
    return { conjunction, modifier, node: this.#clause(field) };
  }

  #conjunction(): Conjunction {
    if (this.#takeIf("and")) return "and";
    return this.#takeIf("or") ? "or" : "none";
  }

  /** Is there a word, followed by another one that nothing else binds? */
  #startsWords(): boolean {
    return this.#sees("term") && this.#wordFollows(1);
  }

  #wordFollows(distance: number): boolean {
    return this.#sees("term", distance) && !ENDS_WORDS.has(this.#peek(distance + 1).kind);
  }

  #words(field: string | undefined): ClauseNode {
    const words = [this.#take("term").image];
    while (this.#wordFollows(0)) words.push(this.#take("term").image);
    const text = unescape(words.join(" "));
    const node = this.#read({ kind: "term", field, text, several: true, boosted: false } as const);
    return { conjunction: "none", modifier: "none", node };
  }

  #clause(outer: string | undefined): QueryNode {
    const field = this.#namesField() ? this.#fieldName() : outer;
    if (!this.#takeIf("open")) return this.#read(this.#leaf(field));
    if (++this.#depth > MAX_DEPTH) throw new QuerySyntaxError("parse_exception", "query is too deeply nested");
    const group = this.#group(field);
    this.#take("close");
    this.#depth--;
    return { ...group, boosted: this.#boost() };
  }

  /** Looks one token ahead only after a possible name: what follows need not be a token at all. */
  #namesField(): boolean {
    return (this.#sees("term") || this.#sees("star")) && this.#sees("colon", 1);
  }

  #fieldName(): string {
    const name = this.#take("term", "star");
    this.#take("colon");
    return name.kind === "star" ? "*" : unescape(name.image);
  }

  #read<Node extends LeafNode>(leaf: Node): Node {
    this.#onLeaf?.(leaf);
    return leaf;
  }

  #boost(): boolean {
    if (!this.#takeIf("caret")) return false;
    this.#take("number");
    return true;
  }

  #leaf(field: string | undefined): LeafNode {
    const token = this.#take(
      "term",
      "star",
      "prefix",
      "wildcard",
      "regexp",
      "number",
      "bareOperator",
      "openInclusive",
      "openExclusive",
      "quoted",
    );
    if (token.kind === "openInclusive" || token.kind === "openExclusive") return this.#range(field, token);
    const { boosted, fuzzy } = this.#suffix();
    const common = { field, boosted };
    if (token.kind === "quoted")
      return { kind: "phrase", ...common, text: unescape(token.image.slice(1, -1)), slop: slopOf(fuzzy) };
    // Escapes are checked even where they are kept.
    const image = token.kind === "bareOperator" ? token.image.charAt(0) : token.image;
    const text = unescape(image);
    if (token.kind === "star" || token.kind === "wildcard") return { kind: "wildcard", ...common, pattern: image };
    if (token.kind === "prefix") return { kind: "prefix", ...common, text: unescape(image.slice(0, -1)) };
    if (token.kind === "regexp") return { kind: "regexp", ...common, pattern: image.slice(1, -1) };
    if (fuzzy !== undefined) return { kind: "fuzzy", ...common, text, fuzziness: fuzzinessOf(fuzzy) };
    return { kind: "term", ...common, text, several: false };
  }

  /** `^2`, `~1`, or both in either order. */
  #suffix(): { boosted: boolean; fuzzy: string | undefined } {
    const before = this.#boost();
    const fuzzy = this.#takeIf("fuzzySlop")?.image;
    return { boosted: before || (fuzzy !== undefined && this.#boost()), fuzzy };
  }

  #range(field: string | undefined, open: QueryToken): LeafNode {
    const from = this.#take(...RANGE_ENDS);
    this.#take("to");
    const to = this.#take(...RANGE_ENDS);
    const close = this.#take("closeInclusive", "closeExclusive");
    return {
      kind: "range",
      field,
      from: rangeEnd(from),
      to: rangeEnd(to),
      includeFrom: open.kind === "openInclusive",
      includeTo: close.kind === "closeInclusive",
      boosted: this.#boost(),
    };
  }
}

const rangeEnd = (token: QueryToken): string | undefined => {
  if (token.kind === "rangeQuoted") return unescape(token.image.slice(1, -1));
  return token.image === "*" ? undefined : unescape(token.image);
};

/** The number after the `~` of a phrase; text that is not a number is ignored. */
const slopOf = (fuzzy: string | undefined): number | undefined => {
  const [digits] = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?$/.exec(fuzzy?.slice(1) ?? "") ?? [];
  if (digits === undefined) return undefined;
  return Math.max(-0x80000000, Math.min(Math.trunc(Number.parseFloat(digits)), 0x7fffffff));
};

const unexpected = (token: QueryToken): QuerySyntaxError => {
  const name = TOKEN_NAMES[token.kind];
  const encountered = token.kind === "end" ? name : ` ${name} "${shown(token.image)} "`;
  return new QuerySyntaxError("parse_exception", `Encountered "${encountered}" at line 1, column ${token.start}.`);
};

/** How a text is read. */
export interface ParseOptions {
  /** Every special character is taken literally. */
  readonly escape: boolean;
  /** Called with every leaf as soon as it is read: what it throws precedes any later syntax error. */
  readonly onLeaf?: (leaf: LeafNode) => void;
}

/**
 * Parses Lucene's classic query language.
 *
 * @throws {QuerySyntaxError} when the text does not follow the grammar.
 * @throws {ValueError} for an invalid number of edits.
 * @returns The clauses as written, or undefined when there is nothing but white space.
 */
export const parseQueryString = (text: string, { escape, onLeaf }: ParseOptions): GroupNode | undefined => {
  const escaped = escape ? escapeQueryString(text) : text;
  // Java's trim: everything up to and with the space character.
  if (/^[\0-\x20]*$/.test(escaped)) return undefined;
  return new QueryParser(escaped, onLeaf).parse();
};
