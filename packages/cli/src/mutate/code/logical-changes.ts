import type { AnyNode, Expression, LogicalExpression } from "acorn";
import type { Change } from "./code-mutant.ts";
import { shown, textOf } from "./source-text.ts";

/**
 * Each of the conditions that `&&` or `||` joins dropped. What the same sign joins further is one list.
 *
 * @param parent - The node around it.
 */
export const logicalChanges = (code: string, node: AnyNode, parent: AnyNode | undefined): readonly Change[] => {
  if (node.type !== "LogicalExpression" || node.operator === "??" || isJoined(node, parent)) return [];
  const { operator, start, end } = node;
  const parts = partsOf(node, operator);
  const missing = operator === "&&" ? "false while all else is true" : "true while all else is false";
  return parts.map((dropped) => ({
    ...{ start, end },
    text: parts
      .filter((part) => part !== dropped)
      .map((part) => `(${textOf(code, part)})`)
      .join(` ${operator} `),
    description: `drop ${shown(code, dropped)} of ${shown(code, node)}`,
    suggestion: `No case depends on ${shown(code, dropped)} being ${missing} in ${shown(code, node)}. Add one where it is.`,
  }));
};

const isJoined = ({ operator }: LogicalExpression, parent: AnyNode | undefined): boolean =>
  parent?.type === "LogicalExpression" && parent.operator === operator;

const partsOf = (node: Expression, operator: string): readonly Expression[] =>
  node.type === "LogicalExpression" && node.operator === operator
    ? [...partsOf(node.left, operator), ...partsOf(node.right, operator)]
    : [node];
