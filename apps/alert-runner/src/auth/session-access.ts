import { type Scope, SCOPE_OF_ROLE } from "@mozdef/alert-api";
import type { FastifyReply, FastifyRequest } from "fastify";
import { HttpError } from "../http/http-error.ts";
import type { Identity } from "./identity.ts";
import { clearSessionCookie, readSessionCookie, setSessionCookie } from "./session-cookie.ts";
import type { Session, Sessions } from "./sessions.ts";
import type { Users } from "./users.ts";

/** Sessions as requests have them. */
export interface SessionAccess {
  /** @throws {HttpError} `ORIGIN_FORBIDDEN`; {StoreError} */
  readonly identify: (request: FastifyRequest) => Promise<Identity | null>;
  /** Begins a session, another one than the browser had. @throws {StoreError} */
  readonly begin: (request: FastifyRequest, reply: FastifyReply, session: Session) => Promise<void>;
  /** @returns whether there was one. @throws {StoreError} */
  readonly end: (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;
}

export interface SessionAccessParts {
  readonly sessions: Sessions;
  readonly users: Pick<Users, "find">;
}

/** Sessions by a cookie of the browser. */
export const sessionAccess = ({ sessions, users }: SessionAccessParts): SessionAccess => {
  /** Whoever was taken away, or has another password or role since, has to sign in again. */
  const scopeOf = async ({ user, via, scope, version }: Session): Promise<Scope | null> => {
    if (via !== "password") return scope;
    const known = await users.find(user);
    return known?.version === version ? SCOPE_OF_ROLE[known.role] : null;
  };
  return {
    identify: async (request) => {
      const secret = readSessionCookie(request);
      if (secret === null || isOfForeignPage(request)) return null;
      const session = await sessions.find(secret);
      const scope = session === null ? null : await scopeOf(session);
      if (session === null || scope === null) return null;
      refuseUnknownOrigin(request);
      return { name: session.user, via: session.via, scope };
    },
    begin: async (request, reply, session) => {
      const before = readSessionCookie(request);
      if (before !== null) await sessions.end(before);
      setSessionCookie(request, reply, await sessions.begin(session));
    },
    end: async (request, reply) => {
      const secret = readSessionCookie(request);
      clearSessionCookie(request, reply);
      if (secret === null || (await sessions.find(secret)) === null) return false;
      await sessions.end(secret);
      return true;
    },
  };
};

/** Browsers say which pages a request comes from; a cookie alone is no reason to work for those of others. */
export const isOfForeignPage = ({ headers }: FastifyRequest): boolean => {
  const site = headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
};

/** That an origin is right was looked at before. Browsers send one with each change: without it, nobody knows whose page it was. */
const refuseUnknownOrigin = ({ method, headers }: FastifyRequest): void => {
  if (method === "GET" || method === "HEAD" || headers.origin !== undefined) return;
  throw new HttpError(
    "ORIGIN_FORBIDDEN",
    "A session is for the pages of the service, whose browsers send the header Origin. Programs sign in with a token.",
  );
};
