/** Kinds of token; the values are the names that error messages give. */
export const TOKEN_NAMES = {
  end: "<EOF>",
  and: "<AND>",
  or: "<OR>",
  not: "<NOT>",
  plus: '"+"',
  minus: '"-"',
  bareOperator: "<BAREOPER>",
  open: '"("',
  close: '")"',
  colon: '":"',
  star: '"*"',
  caret: '"^"',
  quoted: "<QUOTED>",
  term: "<TERM>",
  fuzzySlop: "<FUZZY_SLOP>",
  prefix: "<PREFIXTERM>",
  wildcard: "<WILDTERM>",
  regexp: "<REGEXPTERM>",
  openInclusive: '"["',
  openExclusive: '"{"',
  number: "<NUMBER>",
  to: '"TO"',
  closeInclusive: '"]"',
  closeExclusive: '"}"',
  rangeQuoted: "<RANGE_QUOTED>",
  rangeText: "<RANGE_GOOP>",
} as const;

export type QueryTokenKind = keyof typeof TOKEN_NAMES;

/** A piece of a query string. */
export interface QueryToken {
  readonly kind: QueryTokenKind;
  /** The text as written, escapes and quotes included. */
  readonly image: string;
  /** Where it starts, in UTF-16 units. */
  readonly start: number;
}
