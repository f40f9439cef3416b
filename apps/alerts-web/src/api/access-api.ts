import type { AnswerOf, RequestOf, Token, User } from "@mozdef/alert-api";
import { ask } from "./request.ts";

/** A token and its secret, which is told once. */
export type MadeToken = AnswerOf<"createToken", 201>;

/** The users that the service itself keeps, by name. */
export const listUsers = async (signal: AbortSignal): Promise<readonly User[]> =>
  (await ask<"listUsers">("GET /api/users", { signal })).users;

/** Adds somebody who signs in with a password. */
export const createUser = (body: RequestOf<"createUser">["body"]): Promise<User> =>
  ask<"createUser">("POST /api/users", { body });

/** Gives somebody another role or password; they have to sign in again. */
export const changeUser = (name: string, body: RequestOf<"changeUser">["body"]): Promise<User> =>
  ask<"changeUser">("PATCH /api/users/{name}", { params: { name }, body });

/** Takes somebody away. */
export const removeUser = (name: string): Promise<unknown> =>
  ask<"removeUser">("DELETE /api/users/{name}", { params: { name } });

/** Ends all sessions of somebody. Answers how many. */
export const endUserSessions = async (name: string): Promise<number> =>
  (await ask<"endUserSessions">("DELETE /api/users/{name}/sessions", { params: { name } })).ended;

/** The tokens of programs, by name. */
export const listTokens = async (signal: AbortSignal): Promise<readonly Token[]> =>
  (await ask<"listTokens">("GET /api/tokens", { signal })).tokens;

/** Makes a token. */
export const createToken = (body: RequestOf<"createToken">["body"]): Promise<MadeToken> =>
  ask<"createToken">("POST /api/tokens", { body });

/** Revokes a token. */
export const revokeToken = (name: string): Promise<unknown> =>
  ask<"revokeToken">("DELETE /api/tokens/{name}", { params: { name } });
