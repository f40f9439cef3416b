import { contract, type RouteName, type Token, type User } from "@mozdef/alert-api";
import type { Client } from "@mozdef/alert-api/client";
import type { LogIn } from "../auth/log-in.ts";
import type { AccessRequest } from "./access-args.ts";

/** A command as the service takes it, and as it is done in the store. */
export interface AccessCall {
  readonly action: RouteName;
  readonly body: object | undefined;
  /** Whom it is about. */
  readonly target: string | null;
  readonly inStore: (logIn: LogIn) => Promise<unknown>;
  /** Of a service that has the store open. */
  readonly inService: (client: Client) => Promise<unknown>;
  /** The answer of either, for people. */
  readonly shown: (answer: unknown) => string;
}

type Work = Pick<AccessCall, "inStore" | "inService" | "shown">;

/** @param password - Of a user, where one is given. */
export const callOf = (wanted: AccessRequest, password: string): AccessCall => {
  const action = wanted.route === "setPassword" ? "changeUser" : wanted.route;
  const target = "name" in wanted ? wanted.name : null;
  return { action, target, body: bodyOf(wanted, password), ...workOf(wanted, password) };
};

const bodyOf = (wanted: AccessRequest, password: string): object | undefined => {
  if (wanted.route === "createUser") return { ...wanted.body, password };
  if (wanted.route === "setPassword") return { password };
  return "body" in wanted ? wanted.body : undefined;
};

const workOf = (wanted: AccessRequest, password: string): Work => {
  switch (wanted.route) {
    case "createToken": {
      const { name, scope, expires } = contract.createToken.body.parse(wanted.body);
      return {
        inStore: ({ tokens }) => tokens.create({ name, scope, validMs: expires, by: "local" }),
        inService: (client) => client.createToken({ body: wanted.body }),
        shown: (answer) => (answer as { readonly secret: string }).secret,
      };
    }
    case "listTokens":
      return {
        inStore: async ({ tokens }) => ({ tokens: await tokens.list() }),
        inService: (client) => client.listTokens(),
        shown: (answer) => tokenLines((answer as { readonly tokens: readonly Token[] }).tokens),
      };
    case "revokeToken":
      return {
        inStore: ({ tokens }) => tokens.revoke(wanted.name),
        inService: (client) => client.revokeToken({ params: wanted }),
        shown: () => `${wanted.name} is revoked`,
      };
    case "createUser":
      return {
        inStore: ({ users }) => users.create({ ...wanted.body, password, by: "local" }),
        inService: (client) => client.createUser({ body: { ...wanted.body, password } }),
        shown: () => `${wanted.body.name} may sign in as ${wanted.body.role}`,
      };
    case "changeUser":
      return {
        inStore: ({ users }) => users.change(wanted.name, wanted.body),
        inService: (client) => client.changeUser({ params: wanted, body: wanted.body }),
        shown: () => `${wanted.name} has another role`,
      };
    case "setPassword":
      return {
        inStore: ({ users }) => users.change(wanted.name, { password }),
        inService: (client) => client.changeUser({ params: wanted, body: { password } }),
        shown: () => `${wanted.name} has another password`,
      };
    case "listUsers":
      return {
        inStore: async ({ users }) => ({ users: await users.list() }),
        inService: (client) => client.listUsers(),
        shown: (answer) => userLines((answer as { readonly users: readonly User[] }).users),
      };
    case "removeUser":
      return {
        inStore: ({ users }) => users.remove(wanted.name),
        inService: (client) => client.removeUser({ params: wanted }),
        shown: () => `${wanted.name} is no user any more`,
      };
  }
};

const tokenLines = (tokens: readonly Token[]): string =>
  tokens
    .map(({ name, scope, expiresAt, lastUsedAt }) =>
      [
        ...[name, scope, expiresAt === null ? "without end" : `until ${expiresAt}`],
        lastUsedAt === null ? "never used" : `used ${lastUsedAt}`,
      ].join("  "),
    )
    .join("\n") || "There are no tokens.";

const userLines = (users: readonly User[]): string =>
  users.map(({ name, role }) => `${name}  ${role}`).join("\n") || "There are no users.";
