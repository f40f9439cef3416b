import type { AnyNode, CallExpression } from "acorn";
import { ancestor } from "acorn-walk";
import type { ParsedSource, SourceProblem } from "../../packs/parse-source.ts";

/** The methods of a query. None changes it. */
const METHODS: ReadonlySet<string> = new Set(["must", "mustNot", "should"]);

/** Calls of a query's methods whose result goes nowhere, so that the clauses are not part of any query. */
export const droppedResults = ({ program }: ParsedSource): readonly SourceProblem[] => {
  const problems: SourceProblem[] = [];
  ancestor(program, {
    CallExpression: (call, _state, ancestors) => {
      const method = methodOf(call);
      if (method === null || !isDropped(ancestors)) return;
      problems.push({
        line: call.loc?.start.line ?? 0,
        message: `the result of .${method}(...) is dropped, so its clauses are in no query: a query never changes, each call returns a new one. Write: query = query.${method}(...).`,
      });
    },
  });
  return problems;
};

const methodOf = ({ callee }: CallExpression): string | null =>
  callee.type === "MemberExpression" && callee.property.type === "Identifier" && METHODS.has(callee.property.name)
    ? callee.property.name
    : null;

/** As a statement, or as all that a function for `forEach` does. The call itself is the last of its ancestors. */
const isDropped = (ancestors: readonly AnyNode[]): boolean => {
  const [outer, parent] = [ancestors.at(-3), ancestors.at(-2)];
  if (parent?.type === "ExpressionStatement") return true;
  return (
    parent?.type === "ArrowFunctionExpression" &&
    outer?.type === "CallExpression" &&
    outer.callee.type === "MemberExpression" &&
    outer.callee.property.type === "Identifier" &&
    outer.callee.property.name === "forEach"
  );
};
