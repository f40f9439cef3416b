import { preview, QueryError } from "../query-error.ts";

/**
 * A field name that is known only at run time, e.g. from a rule file or a configuration.
 *
 * @throws {QueryError} `QUERY_FIELD_INVALID` as every clause does.
 * @example
 * ```ts
 * TermMatch(fieldNamed("details.program"), "sshd");
 * // { "match": { "details.program": { "query": "sshd" } } }
 * ```
 */
export const fieldNamed = (name: string): `details.${string}` => checkField(name) as `details.${string}`;

const LONGEST_FIELD = 1_000;

/**
 * A name that the store can look up: parts of visible characters joined by single dots. Patterns (`*`) are refused, since
 * every clause except the query string means exactly one field.
 */
export const checkField = (field: unknown): string => {
  const valid =
    typeof field === "string" &&
    field.length <= LONGEST_FIELD &&
    field.split(".").every((part) => part !== "" && !/[\s*?"\\]/.test(part));
  if (valid) return field;
  throw new QueryError(
    "QUERY_FIELD_INVALID",
    `A clause needs the name of one field, such as "details.sourceipaddress": no spaces, no wildcards, no empty part. Received: ${preview(field)}.`,
  );
};
