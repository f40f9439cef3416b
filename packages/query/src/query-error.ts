/** Codes of {@link QueryError}; each is explained in `docs/errors.md`. */
export type QueryErrorCode =
  | "QUERY_CIDR_INVALID"
  | "QUERY_CLAUSE_INVALID"
  | "QUERY_CLAUSES_EMPTY"
  | "QUERY_FIELD_INVALID"
  | "QUERY_FIELD_UNNAMED"
  | "QUERY_NEVER_MATCHES"
  | "QUERY_NOW_INVALID"
  | "QUERY_REGEXP_INVALID"
  | "QUERY_VALUE_INVALID"
  | "QUERY_VALUES_EMPTY"
  | "QUERY_WINDOW_INVALID";

/** A query that is wrong. Thrown where the clause is made, so that the stack names the alert's own line. */
export class QueryError extends Error {
  override readonly name = "QueryError";
  readonly code: QueryErrorCode;

  constructor(code: QueryErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

const LONGEST_SHOWN = 120;

/** Any value as one short line, for a message: it may come from configuration and be of any size. */
export const preview = (value: unknown): string => {
  const text = typeof value === "string" ? JSON.stringify(value) : printed(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}... (${text.length} characters)` : text;
};

const printed = (value: unknown): string => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : value.toISOString();
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return "an object that JSON cannot express";
  }
};
