import type { z } from "zod";
import { AlertError } from "../alert-error.ts";

/**
 * Options of an action or a plugin, checked, with every default filled in.
 *
 * @param name - Of the function that takes them: `webhook`.
 * @throws {AlertError} of the given code, naming each key that is wrong.
 *
 * @example
 * const schema = z.strictObject({ url: z.url() });
 * export const hook = (options: { readonly url: string }) => {
 *   const { url } = readOptions("ACTION_INVALID", "hook", schema, options);
 *   return defineAction({ kind: "hook", send: async (message, { fetch }) => void (await fetch(url, { method: "POST", body: message._id })) });
 * };
 */
export const readOptions = <Schema extends z.ZodType>(
  code: "ACTION_INVALID" | "PLUGIN_INVALID",
  name: string,
  schema: Schema,
  options: unknown,
): z.output<Schema> => {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const issues = result.error.issues.map(
    (issue) => `${issue.path.map(String).join(".") || "(whole)"}: ${reasonOf(issue)}`,
  );
  throw new AlertError(code, `The options of ${name} are wrong: ${issues.join("; ")}.`);
};

/** Why something is wrong; a key that is has its reason one level below. */
export const reasonOf = (issue: z.core.$ZodIssue): string =>
  (issue.code === "invalid_key" ? issue.issues[0]?.message : undefined) ?? issue.message;
