import { timingSafeEqual } from "node:crypto";
import { HttpError } from "../http/http-error.ts";
import type { FastifyRequest } from "fastify";
import { readCredential } from "./credentials.ts";
import type { Identity } from "./identity.ts";
import { hashOf } from "./secrets.ts";
import type { SessionAccess } from "./session-access.ts";
import type { Tokens } from "./tokens.ts";

/** How callers are known. */
export interface Access {
  /**
   * Who a request comes from; null when it says nothing.
   *
   * @throws {HttpError} `AUTHENTICATION_FAILED` when what it shows is not right, `ORIGIN_FORBIDDEN`; {StoreError}
   */
  readonly identify: (request: FastifyRequest) => Promise<Identity | null>;
}

export interface AccessParts {
  readonly tokens: Pick<Tokens, "find">;
  /** What whoever may read the files of the service shows; null: nothing does. */
  readonly localKey: string | null;
  readonly sessions: Pick<SessionAccess, "identify">;
  /** Who a proxy says that somebody is; null: none does. */
  readonly byProxy: ((request: FastifyRequest) => Identity | null) | null;
}

/** Knows callers by what they show: what programs send comes first. */
export const createAccess = ({ tokens, localKey, sessions, byProxy }: AccessParts): Access => {
  const byHeader = async (header: string): Promise<Identity> => {
    const credential = readCredential(header);
    if (credential === null) throw failed("Expected: Bearer, Basic, ApiKey or Splunk, each with a token.");
    const { name, secret } = credential;
    if (localKey !== null && isSame(secret, localKey)) return { name: "local", via: "local", scope: "admin" };
    const token = await tokens.find(secret);
    if (token === null || (name !== null && name.toLowerCase() !== token.name.toLowerCase()))
      throw failed("The token is unknown, was revoked or has ended, or is not the one of that name.");
    return { ...token, via: "token" };
  };
  return {
    identify: async (request) => {
      const { authorization } = request.headers;
      if (authorization !== undefined) return byHeader(authorization);
      return byProxy?.(request) ?? (await sessions.identify(request));
    },
  };
};

const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(hashOf(a)), Buffer.from(hashOf(b)));

const failed = (why: string): HttpError => new HttpError("AUTHENTICATION_FAILED", `This is not a log-in. ${why}`);
