import type { Clause } from "./clauses.ts";
import type { Bound } from "./fields/bound.ts";
import type { FieldKind, FieldKinds } from "./fields/field-kind.ts";
import { preview, QueryError } from "./query-error.ts";

/** Kinds whose values have the order of numbers. */
const NUMERIC: ReadonlySet<FieldKind> = new Set(["date", "long", "double"]);

/**
 * Refuses a number as a bound of a field that is compared as text, where "9" comes after "10". A field that `fields` does not
 * list may be of any kind and passes.
 *
 * @throws {QueryError} `QUERY_VALUE_INVALID`.
 */
export const checkBound = (name: string, field: string, value: Bound, fields: FieldKinds): void => {
  if (typeof value !== "number" || !Object.hasOwn(fields, field)) return;
  const kind = fields[field];
  if (kind === undefined || NUMERIC.has(kind)) return;
  throw new QueryError(
    "QUERY_VALUE_INVALID",
    `${name} needs a field of kind long, double or date for a number as bound: ${field} is ${kind}. Received: ${preview(value)}.`,
  );
};

/** {@link checkBound} for every range in a clause. */
export const checkBounds = (clause: Clause, fields: FieldKinds): void => {
  if (clause.kind === "boolean")
    [...clause.must, ...clause.mustNot, ...clause.should].forEach((inner) => checkBounds(inner, fields));
  if (clause.kind === "lessThan") checkBound("LessThanMatch", clause.field, clause.value, fields);
  if (clause.kind === "range")
    [clause.from, clause.to].forEach((value) => checkBound("RangeMatch", clause.field, value, fields));
};
