import type { Fuzziness } from "../recipe/fuzziness.ts";

/** How a clause is joined to the one before it. */
export type Conjunction = "none" | "and" | "or";

/** The prefix of a clause: `+`, `-` / `NOT` / `!`, or nothing. */
export type Modifier = "none" | "required" | "prohibited";

/** A parsed query string: what was written, before fields are known. */
export type QueryNode = GroupNode | LeafNode;

/** Consecutive clauses. AND, OR and NOT have no precedence; `expandQueryString` says how they combine. */
export interface GroupNode {
  readonly kind: "group";
  readonly clauses: readonly ClauseNode[];
  readonly boosted: boolean;
}

export interface ClauseNode {
  readonly conjunction: Conjunction;
  readonly modifier: Modifier;
  readonly node: QueryNode;
}

/** Everything that refers to fields. */
export type LeafNode = TermNode | PhraseNode | WildcardNode | PrefixNode | RegexpNode | FuzzyNode | RangeNode;

interface Leaf {
  /** Name or pattern before the colon; undefined when the query names none. */
  readonly field: string | undefined;
  /** Has its own boost. Boosts do not change what matches, but they keep a clause in one piece. */
  readonly boosted: boolean;
}

/** Words to be analysed, escapes resolved. */
export interface TermNode extends Leaf {
  readonly kind: "term";
  readonly text: string;
  /** Several consecutive words without an operator. */
  readonly several: boolean;
}

export interface PhraseNode extends Leaf {
  readonly kind: "phrase";
  readonly text: string;
  /** Undefined: the default of the options. */
  readonly slop: number | undefined;
}

/** Escapes still in place, because `\*` is not `*`. */
export interface WildcardNode extends Leaf {
  readonly kind: "wildcard";
  readonly pattern: string;
}

export interface PrefixNode extends Leaf {
  readonly kind: "prefix";
  readonly text: string;
}

export interface RegexpNode extends Leaf {
  readonly kind: "regexp";
  readonly pattern: string;
}

export interface FuzzyNode extends Leaf {
  readonly kind: "fuzzy";
  readonly text: string;
  /** What the text after the `~` allows; undefined for the default of the options. */
  readonly fuzziness: Fuzziness | undefined;
}

export interface RangeNode extends Leaf {
  readonly kind: "range";
  /** Undefined: open. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly includeFrom: boolean;
  readonly includeTo: boolean;
}
