import type { AnyNode, BinaryExpression, PrivateIdentifier, Program } from "acorn";
import type { Change } from "./code-mutant.ts";
import { isEquality, isRelation, type Relation, shown, textOf } from "./source-text.ts";

/** Numbers that a file gives names to, by name. */
export type NamedNumbers = ReadonlyMap<string, number>;

/** `const MOST = 100;` at the top of a file. */
export const namedNumbers = (program: Program): NamedNumbers =>
  new Map(
    program.body.flatMap((statement) => {
      const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
      if (declared?.type !== "VariableDeclaration" || declared.kind !== "const") return [];
      return declared.declarations.flatMap(({ id, init }): readonly (readonly [string, number])[] => {
        const value = init == null ? null : numberOf(init);
        return id.type === "Identifier" && value !== null ? [[id.name, value]] : [];
      });
    }),
  );

/** The other operator, and another number where one is compared with. */
export const comparisonChanges = (code: string, node: AnyNode, numbers: NamedNumbers): readonly Change[] => {
  if (node.type !== "BinaryExpression") return [];
  if (isRelation(node.operator)) return [edge(code, node, node.operator), ...otherNumber(code, node, numbers)];
  return isEquality(node.operator) ? [otherwise(code, node), ...otherNumber(code, node, numbers)] : [];
};

const WITH_EDGE: Readonly<Record<Relation, Relation>> = { "<": "<=", "<=": "<", ">": ">=", ">=": ">" };

const edge = (code: string, node: BinaryExpression, operator: Relation): Change => ({
  ...replaced(code, node, WITH_EDGE[operator]),
  suggestion: `No case depends on what happens when ${shown(code, node.left)} is exactly ${shown(code, node.right)}. Add one where it is.`,
});

const otherwise = (code: string, node: BinaryExpression): Change => ({
  ...replaced(
    code,
    node,
    node.operator.startsWith("!") ? node.operator.replace("!", "=") : `!${node.operator.slice(1)}`,
  ),
  suggestion: `No case depends on whether ${shown(code, node)} is true. Add one where it is and one where it is not.`,
});

const replaced = (code: string, { start, end, left, right, operator }: BinaryExpression, other: string) => ({
  ...{ start, end },
  text: `(${textOf(code, left)}) ${other} (${textOf(code, right)})`,
  description: `${other} instead of ${operator} in ${shown(code, { start, end })}`,
});

/** Where the other operator moves the edge to one side already, the number moves it to the other. */
const otherNumber = (code: string, node: BinaryExpression, numbers: NamedNumbers): readonly Change[] => {
  const { start, end, left, right, operator } = node;
  const side = [right, left].find((one) => valueOf(one, numbers) !== null);
  const value = side === undefined ? null : valueOf(side, numbers);
  if (side === undefined || value === null) return [];
  const isUp = operator === ">" || operator === "<=" ? side === right : side === left;
  const other = moved(value, isEquality(operator) || isUp ? 1 : -1);
  const [from, to] = side === right ? [textOf(code, left), String(other)] : [String(other), textOf(code, right)];
  return [
    {
      ...{ start, end, text: `(${from}) ${operator} (${to})` },
      description: `${other} instead of ${shown(code, side)} in ${shown(code, node)}`,
      suggestion: `No case depends on ${shown(code, node)} having ${value} rather than ${other}. Add one that only one of the two lets through.`,
    },
  ];
};

/** A whole number is moved by one, any other by a tenth. */
const moved = (value: number, by: 1 | -1): number =>
  Number.isInteger(value) ? value + by : Number((value + by * Math.abs(value) * 0.1).toPrecision(12));

const valueOf = (node: AnyNode | PrivateIdentifier, numbers: NamedNumbers): number | null =>
  node.type === "Identifier" ? (numbers.get(node.name) ?? null) : numberOf(node);

const numberOf = (node: AnyNode): number | null => {
  if (node.type === "Literal") return typeof node.value === "number" ? node.value : null;
  if (node.type !== "UnaryExpression" || node.operator !== "-") return null;
  const value = numberOf(node.argument);
  return value === null ? null : -value;
};
