import type { AnyNode, CallExpression, Expression, Program, Super, TemplateLiteral } from "acorn";
import { full, simple } from "acorn-walk";
import type { ParsedSource, SourceProblem } from "../../packs/parse-source.ts";

/** What `main` and hooks are given that answers later, by the name of what it is called on; null: called by itself. */
const LATER: ReadonlyMap<string, readonly (string | null)[]> = new Map([
  ["search", ["context", null]],
  ["count", ["context"]],
  ["fetch", ["context", null]],
  ["reverse", ["dns"]],
  ["get", ["state"]],
  ["find", ["state"]],
  ["addHostname", [null]],
]);

/** Promises that are put into a text, where they read "[object Promise]". */
export const promisesInTexts = ({ program }: ParsedSource): readonly SourceProblem[] => {
  const methods = asyncMethods(program);
  const isLater = (node: Expression): boolean => node.type === "CallExpression" && isLaterCall(node, methods);
  const names = unawaited(program, isLater);
  const problems: SourceProblem[] = [];
  simple(program, {
    TemplateLiteral: (template: TemplateLiteral) => {
      for (const part of template.expressions)
        if (isLater(part) || (part.type === "Identifier" && names.has(part.name)))
          problems.push({
            line: part.loc?.start.line ?? 0,
            message: "a promise is put into a text, which will read [object Promise]. Write ${await ...}.",
          });
    },
  });
  return problems;
};

const isLaterCall = ({ callee }: CallExpression, methods: ReadonlySet<string>): boolean => {
  if (callee.type === "Identifier") return isKnown(callee.name, null) || methods.has(callee.name);
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return false;
  const name = callee.property.name;
  return callee.object.type === "ThisExpression" ? methods.has(name) : isKnown(name, lastName(callee.object));
};

const isKnown = (name: string, on: string | null): boolean => LATER.get(name)?.includes(on) === true;

/** `dns` of `context.dns` and of `dns`. */
const lastName = (node: Expression | Super): string => {
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression" && node.property.type === "Identifier" ? node.property.name : "";
};

/** Names of methods and functions of the file that are `async`. */
const asyncMethods = (program: Program): ReadonlySet<string> => {
  const names = new Set<string>();
  full(program, (node) => {
    const found = asyncName(node);
    if (found !== null) names.add(found);
  });
  return names;
};

const asyncName = (node: AnyNode): string | null => {
  if (node.type === "MethodDefinition" && node.value.async)
    return node.key.type === "Identifier" ? node.key.name : null;
  if (node.type === "FunctionDeclaration" && node.async) return node.id?.name ?? null;
  if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier") return null;
  return node.init?.type === "ArrowFunctionExpression" && node.init.async ? node.id.name : null;
};

/** Names that hold a promise. */
const unawaited = (program: Program, isLater: (node: Expression) => boolean): ReadonlySet<string> => {
  const names = new Set<string>();
  simple(program, {
    VariableDeclarator: ({ id, init }) => {
      if (id.type === "Identifier" && init != null && isLater(init)) names.add(id.name);
    },
  });
  return names;
};
