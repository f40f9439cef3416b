import { AlertError } from "@mozdef/alert/runtime";
import type { z } from "zod";

/**
 * Options of an action, checked, with every default filled in.
 *
 * @throws {AlertError} `ACTION_INVALID` naming each key that is wrong.
 */
export const readOptions = <Schema extends z.ZodType>(
  kind: string,
  schema: Schema,
  options: unknown,
): z.output<Schema> => {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const issues = result.error.issues.map(
    ({ path, message }) => `${path.map(String).join(".") || "(whole)"}: ${message}`,
  );
  throw new AlertError("ACTION_INVALID", `The options of ${kind} are wrong: ${issues.join("; ")}.`);
};
