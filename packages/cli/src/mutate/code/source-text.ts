import type { AnyNode } from "acorn";

/** Positions of an expression in the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const LONGEST = 60;

/** The text of an expression as it stands in the file. */
export const textOf = (code: string, { start, end }: Span): string => code.slice(start, end);

/** The text of an expression on one line, short enough to be read in a report. */
export const shown = (code: string, node: Span): string => {
  const text = textOf(code, node).replace(/\s+/g, " ").trim();
  return text.length <= LONGEST ? `\`${text}\`` : `\`${text.slice(0, LONGEST - 3)}...\``;
};

const RELATIONS = ["<", "<=", ">", ">="] as const;
const EQUALITIES = ["===", "!==", "==", "!="] as const;

export type Relation = (typeof RELATIONS)[number];

/** Whether an operator asks which of two values is larger. */
export const isRelation = (operator: string): operator is Relation => RELATIONS.some((one) => one === operator);

export const isEquality = (operator: string): boolean => EQUALITIES.some((one) => one === operator);

/** Whether a node compares two values. */
export const isComparison = (node: AnyNode): boolean =>
  node.type === "BinaryExpression" && (isRelation(node.operator) || isEquality(node.operator));
