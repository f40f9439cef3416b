import { AutomatonError, type AutomatonErrorCode } from "../automaton/automaton-error.ts";
import { ApiError, type ErrorCause } from "../errors/api-error.ts";
import { ValueError } from "../errors/value-error.ts";

const AUTOMATON_TYPES: Readonly<Record<AutomatonErrorCode, string>> = {
  REGEXP_SYNTAX: "illegal_argument_exception",
  REGEXP_NUMBER: "number_format_exception",
  PATTERN_TOO_COMPLEX: "too_complex_to_determinize_exception",
  PATTERN_TOO_LARGE: "too_complex_to_determinize_exception",
};

const automatonType = ({ code }: AutomatonError): string => AUTOMATON_TYPES[code];

/** What is wrong with a value or pattern of a query; undefined for any other error. */
export const queryCause = (error: unknown): ErrorCause | undefined => {
  if (error instanceof ValueError) return error;
  if (!(error instanceof AutomatonError)) return undefined;
  return { type: automatonType(error), reason: error.message, causedBy: error.causedBy };
};

/** Words errors of a query as Elasticsearch does where it is part of an aggregation. */
export const insideAggregation = <T>(plan: () => T): T => {
  try {
    return plan();
  } catch (error) {
    const cause = queryCause(error);
    throw cause ? new ApiError(400, cause) : error;
  }
};
