import { HOOK_NAMES } from "@mozdef/alert/runtime";
import type { AnyNode } from "acorn";
import type { Change } from "./code-mutant.ts";

/**
 * Null in the place of an alert that a hook returns.
 *
 * @param ancestors - From the outermost to the node itself.
 */
export const draftChanges = (node: AnyNode, ancestors: readonly AnyNode[]): readonly Change[] => {
  const draft = returned(node);
  if (draft === null || isNothing(draft) || !isOfHook(node, ancestors)) return [];
  const { start, end } = draft;
  return [
    {
      ...{ start, end, text: "null" },
      description: "return null instead of an alert",
      suggestion: 'No case depends on the alert that is returned here. Add one to "fires" that expects it.',
    },
  ];
};

const returned = (node: AnyNode): AnyNode | null => {
  if (node.type === "ReturnStatement") return node.argument ?? null;
  return node.type === "ArrowFunctionExpression" && node.body.type !== "BlockStatement" ? node.body : null;
};

const isNothing = (node: AnyNode): boolean =>
  (node.type === "Literal" && node.value === null) || (node.type === "Identifier" && node.name === "undefined");

/** Whether the nearest function around is a hook. */
const isOfHook = (node: AnyNode, ancestors: readonly AnyNode[]): boolean => {
  const at = ancestors.findLastIndex(({ type }) => type.includes("Function"));
  const [own, around] = [ancestors[at], ancestors[at - 1]];
  if (own === undefined || (node.type === "ArrowFunctionExpression" && own !== node)) return false;
  if (around?.type !== "MethodDefinition" && around?.type !== "PropertyDefinition") return false;
  const { key } = around;
  return key.type === "Identifier" && HOOK_NAMES.some((name) => name === key.name);
};
