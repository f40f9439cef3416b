import { contract, ROLES, SCOPES } from "@mozdef/alert-api";
import type { z } from "zod";
import { RunnerError } from "../runner-error.ts";

/** Who may use the service. */
export interface AccessCommand {
  readonly kind: "access";
  readonly config: string | undefined;
  readonly wanted: AccessRequest;
}

/** What is to be done, as the routes of the same names take it. */
export type AccessRequest =
  | { readonly route: "createToken"; readonly body: z.input<typeof contract.createToken.body> }
  | { readonly route: "listTokens" }
  | { readonly route: "revokeToken"; readonly name: string }
  /** The password is asked for. */
  | { readonly route: "createUser"; readonly body: Omit<z.input<typeof contract.createUser.body>, "password"> }
  | { readonly route: "changeUser"; readonly name: string; readonly body: z.input<typeof contract.changeUser.body> }
  | { readonly route: "setPassword"; readonly name: string }
  | { readonly route: "listUsers" }
  | { readonly route: "removeUser"; readonly name: string };

/** Options that go with a command, beside `--config`. */
export interface AccessValues {
  readonly scope?: string | undefined;
  readonly expires?: string | undefined;
  readonly role?: string | undefined;
}

/**
 * `tokens create NAME`, `tokens list`, `tokens revoke NAME`.
 *
 * @throws {RunnerError} `OPTION_INVALID`.
 */
export const readTokensCommand = (words: readonly string[], { scope, expires }: AccessValues): AccessRequest => {
  const [verb, name, ...more] = words;
  if (verb === "list" && name === undefined) return { route: "listTokens" };
  if (verb === "revoke" && name !== undefined && more.length === 0) return { route: "revokeToken", name };
  if (verb === "create" && name !== undefined && more.length === 0) {
    const wanted = { name, scope, ...(expires !== undefined && { expires }) };
    return { route: "createToken", body: checked(contract.createToken.body, wanted) };
  }
  throw wrong("tokens: expected create NAME --scope SCOPE, list, or revoke NAME", words.join(" ") || "nothing");
};

/**
 * `users create NAME`, `users list`, `users role NAME`, `users password NAME`, `users remove NAME`.
 *
 * @throws {RunnerError} `OPTION_INVALID`.
 */
export const readUsersCommand = (words: readonly string[], { role }: AccessValues): AccessRequest => {
  const [verb, name, ...more] = words;
  if (verb === "list" && name === undefined) return { route: "listUsers" };
  if (name !== undefined && more.length === 0) {
    if (verb === "remove") return { route: "removeUser", name };
    if (verb === "password") return { route: "setPassword", name };
    if (verb === "role") return { route: "changeUser", name, body: checked(ROLE, { role }) };
    if (verb === "create") return { route: "createUser", body: checked(NEW_USER, { name, role }) };
  }
  throw wrong(
    "users: expected create NAME --role ROLE, list, role NAME --role ROLE, password NAME, or remove NAME",
    words.join(" ") || "nothing",
  );
};

const NEW_USER = contract.createUser.body.omit({ password: true });
const ROLE = NEW_USER.pick({ role: true });

/** The input itself: it is read once more where it is done. */
const checked = <Schema extends z.ZodType>(schema: Schema, input: object): z.input<Schema> => {
  const result = schema.safeParse(input);
  if (result.success) return input as z.input<Schema>;
  const [issue] = result.error.issues;
  const option = String(issue?.path[0] ?? "");
  const known = option === "scope" ? SCOPES : option === "role" ? ROLES : null;
  const expected = known === null ? (issue?.message ?? "") : `expected one of ${known.join(", ")}`;
  const received: unknown = (input as Readonly<Record<string, unknown>>)[option];
  throw wrong(
    `${option === "name" ? "NAME" : `--${option}`}: ${expected}`,
    typeof received === "string" ? received : "nothing",
  );
};

const wrong = (what: string, received: string): RunnerError =>
  new RunnerError("OPTION_INVALID", `${what}. Received: ${JSON.stringify(received.slice(0, 100))}. See --help.`);
