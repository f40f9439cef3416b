import type { Clause, RangeClause, TermClause } from "./clauses.ts";
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

/**
 * Refuses to ignore the case of a whole value where it would change nothing (words of text are compared in lower case) or where the
 * store refuses it (what is no keyword has no case).
 *
 * @throws {QueryError} `QUERY_VALUE_INVALID`.
 */
export const checkCase = (
  { field, ignoreCase }: Pick<TermClause, "field" | "ignoreCase">,
  fields: FieldKinds,
): void => {
  const kind = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (!ignoreCase || kind === undefined || kind === "keyword") return;
  const reason =
    kind === "text" ? "is text, whose words are compared in lower case anyway" : `is ${kind}, which has no case`;
  throw new QueryError(
    "QUERY_VALUE_INVALID",
    `TermMatch takes ignoreCase on a field of kind keyword only: ${field} ${reason}. Received: ignoreCase true.`,
  );
};

/** What a clause asks of the kind of its field, for every clause inside one. */
export const checkKinds = (clause: Clause, fields: FieldKinds): void => {
  if (clause.kind === "boolean")
    [...clause.must, ...clause.mustNot, ...clause.should].forEach((inner) => checkKinds(inner, fields));
  if (clause.kind === "term") checkCase(clause, fields);
  if (clause.kind === "lessThan") checkBound("LessThanMatch", clause.field, clause.value, fields);
  if (clause.kind === "range")
    boundsOf(clause).forEach((value) => checkBound("RangeMatch", clause.field, value, fields));
};

/** The bounds of a range that there are. */
export const boundsOf = ({ gt, gte, lt, lte }: Omit<RangeClause, "kind" | "field">): readonly Bound[] =>
  [gt, gte, lt, lte].filter((value) => value !== undefined);
