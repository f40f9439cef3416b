import type { z } from "zod";
import { RunnerError } from "../runner-error.ts";

/**
 * A query string or body, checked.
 *
 * @param what - Names the input in messages: "query", "body".
 * @throws {RunnerError} `PARAMETER_INVALID` naming each key that is wrong.
 */
export const readInput = <Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) =>
    [path.map(String).join("."), message].filter(Boolean).join(": "),
  );
  throw new RunnerError("PARAMETER_INVALID", `The ${what} is wrong: ${issues.join("; ").slice(0, 1_000)}`);
};
