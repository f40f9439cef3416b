import type { z } from "zod";
import { HttpError } from "./http-error.ts";

/**
 * A query string or body, checked.
 *
 * @param what - Names the input in messages: "query", "body".
 * @throws {HttpError} `PARAMETER_INVALID` naming each key that is wrong, what was expected and what came.
 */
export const readInput = <Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> => {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const problems = result.error.issues.map(problemOf).join("; ").slice(0, 1_000);
  throw new HttpError("PARAMETER_INVALID", `The ${what} is wrong: ${problems}`);
};

const problemOf = ({ path, message, input }: z.core.$ZodIssue): string => {
  const problem = message.replace(/^Invalid (?:input|option): /, "");
  const key = path.map(String).join(".");
  if (key === "") return problem;
  return problem.includes("received") || input === undefined
    ? `${key}: ${problem}`
    : `${key}: ${problem} (received ${shown(input)})`;
};

/** A query string gives numbers as text; one that is not a number has become NaN, which JSON has not. */
const shown = (input: unknown): string =>
  (typeof input === "number" ? String(input) : JSON.stringify(input)).slice(0, 100);
