import { all, any, type Clause, type FieldName, PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { mozdefSchema } from "@mozdef/query/mozdef";
import { preview } from "@mozdef/query/tools";
import { AlertError, messageOf } from "../alert-error.ts";

/** What an alert does not look at, and why. Plain data. */
export interface AlertException {
  /** All of them have to fit. */
  readonly clauses: readonly Clause[];
  readonly reason: string;
  /** ISO 8601: from then on the alert looks again. Null: never. */
  readonly until: string | null;
}

/** An exception as an installation writes it. */
export interface ExceptionSettings {
  /**
   * Which events: the value of each field, or a list of which any fits (`{ "details.sourceipaddress": "10.0.0.0/8" }`), or clauses of the
   * query DSL.
   */
  readonly match:
    Readonly<Record<string, string | number | boolean | readonly (string | number | boolean)[]>> | readonly Clause[];
  readonly reason: string;
  /** A date or time, ISO 8601. Default: for ever. */
  readonly until?: string | undefined;
}

/**
 * Reads an exception.
 *
 * @throws {AlertError} `ALERT_EXCEPTION_INVALID` naming the key.
 */
export const readException = (given: unknown): AlertException => {
  if (typeof given !== "object" || given === null)
    throw invalid("exception", "an object with match, reason and until", given);
  const { match, reason, until = null, ...others } = given as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(others)) throw invalid(key, "no such key; known are match, reason, until", key);
  if (typeof reason !== "string" || reason.trim() === "")
    throw invalid("reason", "a text for whoever asks later why the alert was silent", reason);
  return Object.freeze({ clauses: readMatch(match), reason, until: readUntil(until) });
};

const readUntil = (until: unknown): string | null => {
  if (until === null) return null;
  // YAML reads a date as one.
  const date = until instanceof Date ? until : new Date(typeof until === "string" ? until : Number.NaN);
  const isIso = until instanceof Date || (typeof until === "string" && /^\d{4}-\d{2}-\d{2}/.test(until));
  if (isIso && !Number.isNaN(date.getTime())) return date.toISOString();
  throw invalid("until", "a date or time such as 2027-03-31", until);
};

const readMatch = (match: unknown): readonly Clause[] => {
  try {
    const clauses = Array.isArray(match) ? (match as readonly Clause[]) : fieldClauses(match);
    // A query takes only what is a clause.
    if (clauses.length > 0) return SearchQuery().must(...clauses).plan.must;
  } catch (cause) {
    throw invalid("match", `clauses, or the values of fields (${messageOf(cause)})`, match);
  }
  throw invalid("match", "at least one clause, or the value of at least one field", match);
};

const fieldClauses = (match: unknown): readonly Clause[] =>
  typeof match === "object" && match !== null
    ? Object.entries(match).map(([field, value]) =>
        Array.isArray(value) ? any(...value.map((one: unknown) => valueClause(field, one))) : valueClause(field, value),
      )
    : [];

/** The whole value, also of a text. */
const valueClause = (field: string, value: unknown): Clause =>
  (mozdefSchema.fields[field] === "text" ? PhraseMatch : TermMatch)(field as FieldName as never, value as never);

const invalid = (key: string, expected: string, value: unknown): AlertError =>
  new AlertError(
    "ALERT_EXCEPTION_INVALID",
    `An exception has a wrong "${key}". Expected: ${expected}. Received: ${preview(value)}.`,
  );

/** The query without the events of exceptions that hold now. */
export const withoutExceptions = (
  query: SearchQuery,
  exceptions: readonly AlertException[],
  now: Date,
): SearchQuery => {
  const holding = exceptions.filter((exception) => isHolding(exception, now));
  return holding.length === 0 ? query : query.mustNot(...holding.map(({ clauses }) => all(...clauses)));
};

/** Whether the time of an exception is not over. */
export const isHolding = ({ until }: Pick<AlertException, "until">, now: Date): boolean =>
  until === null || Date.parse(until) > now.getTime();
