import type { AnyNode, Expression } from "acorn";
import type { Change } from "./code-mutant.ts";
import { isComparison, shown, textOf } from "./source-text.ts";

/** Methods of lists that ask a function about each element. */
const ASKING = new Set(["filter", "some", "every", "find", "findLast", "findIndex", "findLastIndex"]);

/**
 * What decides which way the code goes: taken as always true, as never true, and as its contrary.
 *
 * @param ancestors - From the outermost to the node itself.
 */
export const conditionChanges = (code: string, node: AnyNode, ancestors: readonly AnyNode[]): readonly Change[] => {
  switch (node.type) {
    case "IfStatement":
    case "ConditionalExpression":
      return decided(code, node.test);
    case "WhileStatement":
    case "DoWhileStatement":
    case "ForStatement":
      // Taken as always true, it would never end.
      return node.test == null ? [] : [never(code, node.test)];
    case "ArrowFunctionExpression":
      return node.body.type !== "BlockStatement" && (isAnswer(node.body) || isAsked(node, ancestors.at(-2)))
        ? decided(code, node.body)
        : [];
    case "ReturnStatement":
      return node.argument != null && isAnswer(node.argument) ? decided(code, node.argument) : [];
    default:
      return [];
  }
};

/** An expression that is true or false by its form. Of several conditions each one is dropped, which says more. */
const isAnswer = (node: Expression): boolean =>
  isComparison(node) || (node.type === "UnaryExpression" && node.operator === "!");

/** Whether a function is what a list asks about each of its elements. */
const isAsked = (node: AnyNode, parent: AnyNode | undefined): boolean =>
  parent?.type === "CallExpression" &&
  parent.arguments[0] === node &&
  parent.callee.type === "MemberExpression" &&
  parent.callee.property.type === "Identifier" &&
  ASKING.has(parent.callee.property.name);

/** Of `a && b`, always true says less than dropping either, and of `a || b` never true. */
const decided = (code: string, test: Expression): readonly Change[] => {
  if (test.type !== "LogicalExpression") return [...contrary(code, test), always(code, test), never(code, test)];
  if (test.operator === "&&") return [never(code, test)];
  return test.operator === "||" ? [always(code, test)] : [always(code, test), never(code, test)];
};

/** Comparisons have a contrary of their own. */
const contrary = (code: string, test: Expression): readonly Change[] => {
  if (isComparison(test)) return [];
  const what = shown(code, test);
  const isNegated = test.type === "UnaryExpression" && test.operator === "!";
  const text = isNegated ? textOf(code, test.argument) : `!(${textOf(code, test)})`;
  return [
    {
      ...{ start: test.start, end: test.end, text },
      description: `negate ${what}`,
      suggestion: `No case depends on whether ${what} is true. Add one where it is and one where it is not.`,
    },
  ];
};

const always = (code: string, test: Expression): Change => ({
  ...{ start: test.start, end: test.end, text: "true" },
  description: `take ${shown(code, test)} as always true`,
  suggestion: `No case depends on what happens when ${shown(code, test)} is not true. Add one where it is not.`,
});

const never = (code: string, test: Expression): Change => ({
  ...{ start: test.start, end: test.end, text: "false" },
  description: `take ${shown(code, test)} as never true`,
  suggestion: `No case depends on what happens when ${shown(code, test)} is true. Add one where it is.`,
});
