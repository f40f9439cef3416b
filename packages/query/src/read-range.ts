import type { RangeClause } from "./clauses.ts";
import type { Bound } from "./fields/bound.ts";
import { preview, QueryError } from "./query-error.ts";

type Bounds = Omit<RangeClause, "kind" | "field">;

const NAMES = ["gt", "gte", "lt", "lte"] as const;

/** Two bounds in a row, or an object of named ones. */
export const readRange = (range: readonly unknown[], read: (value: unknown) => Bound): Bounds => {
  const [first, second] = range;
  if (range.length !== 1 || typeof first !== "object" || first === null || first instanceof Date)
    return { gte: read(first), lte: read(second) };
  checkNames(Object.keys(first));
  return Object.fromEntries(Object.entries(first).map(([name, value]) => [name, read(value)]));
};

const checkNames = (given: readonly string[]): void => {
  const isKnown = given.every((name) => NAMES.some((one) => one === name));
  const isTwice = (["g", "l"] as const).some((side) => given.filter((name) => name.startsWith(side)).length > 1);
  if (given.length > 0 && isKnown && !isTwice) return;
  throw new QueryError(
    "QUERY_VALUE_INVALID",
    `RangeMatch needs a lower bound (gt or gte), an upper one (lt or lte), or one of each. Received: ${given.length === 0 ? "none" : preview(given)}.`,
  );
};
