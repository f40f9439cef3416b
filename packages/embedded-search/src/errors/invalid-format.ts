import { illegalArgument, type ApiError } from "./api-error.ts";

/** Letters that mean something in a date pattern of Java. */
const JAVA_LETTERS = /[^GuyDMLdQqYwWEecFahKkHmsSAnNVvzOXxZpB]/;

/** Why a date format is invalid, in Java's words: the first letter without a meaning. */
export const invalidFormat = (format: string): ApiError => {
  const letters = format.replace(/'[^']*'|[^A-Za-z]/g, "");
  const letter = JAVA_LETTERS.exec(letters)?.[0];
  if (letter === undefined) return illegalArgument(`Invalid format: [${format}]`);
  const reason = `Unknown pattern letter: ${letter}`;
  return illegalArgument(`Invalid format: [${format}]: ${reason}`, { type: "illegal_argument_exception", reason });
};
