import type { EventSchema, OtherField, SameValue } from "../fields/event-schema.ts";
import { mozdefMarks } from "../fields/mozdef.ts";
import { QueryError } from "../query-error.ts";

/** What a clause on a field of MozDef's asks instead. */
export type Resolved = OtherField | SameValue;

/**
 * What stands for a field of MozDef's in events of another shape. A field that such events have by that name stands for itself.
 *
 * @throws {QueryError} `QUERY_FIELD_UNNAMED` when nothing does: a clause on it would silently never match.
 */
export const standInFor = (field: string, { fields, names = {} }: EventSchema): Resolved => {
  // Marks are in the service's own events only: nothing of a source has any.
  if (Object.hasOwn(mozdefMarks, field)) return { field, values: {} };
  const known = Object.hasOwn(names, field) ? names[field] : undefined;
  if (known !== undefined) return typeof known === "string" ? { field: known } : known;
  if (Object.hasOwn(fields, field)) return { field };
  throw new QueryError(
    "QUERY_FIELD_UNNAMED",
    `The events of this source have no name for ${field}. Expected: what stands for it, among the "names" of the source, such as names: { ${JSON.stringify(field)}: "process.name" }. Received: none.`,
  );
};

/**
 * The field that stands for one of MozDef's, where values are to be told apart: groups, and order.
 *
 * @throws {QueryError} `QUERY_FIELD_UNNAMED`, also when the source knows one value only, or other values.
 */
export const fieldIn = (field: string, schema: EventSchema): string => {
  if (schema.names === undefined) return field;
  const resolved = standInFor(field, schema);
  if ("field" in resolved && resolved.values === undefined) return resolved.field;
  throw new QueryError(
    "QUERY_FIELD_UNNAMED",
    `Events cannot be grouped or ordered by ${field}: in this source nothing with the same values stands for it. Expected: a field, among the "names" of the source. Received: ${JSON.stringify(resolved)}.`,
  );
};

/** The values of the other field that stand for those of MozDef's that fit. */
export const valuesThatFit = (
  values: NonNullable<OtherField["values"]>,
  fits: (value: string) => boolean,
): readonly string[] => Object.entries(values).flatMap(([value, others]) => (fits(value) ? [others].flat() : []));
