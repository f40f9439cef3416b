import type {} from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { OidcJourney } from "./oidc.ts";

/** Under TLS no other host and no page without TLS can set a cookie of this name. */
const nameFor = (request: FastifyRequest, name: string): string => (isSecure(request) ? `__Host-${name}` : name);

const optionsFor = (request: FastifyRequest) =>
  ({ path: "/", httpOnly: true, sameSite: "lax", secure: isSecure(request) }) as const;

/** Whether the browser speaks TLS, with the service or with a proxy that is believed. */
export const isSecure = ({ protocol }: FastifyRequest): boolean => protocol === "https";

const SESSION = "mozdef-session";

/** What the browser shows; null when it shows nothing. */
export const readSessionCookie = (request: FastifyRequest): string | null =>
  request.cookies[nameFor(request, SESSION)] ?? null;

/** Until the browser is closed; when the session is over, the service says. */
export const setSessionCookie = (request: FastifyRequest, reply: FastifyReply, secret: string): void => {
  reply.setCookie(nameFor(request, SESSION), secret, optionsFor(request));
};

export const clearSessionCookie = (request: FastifyRequest, reply: FastifyReply): void => {
  reply.clearCookie(nameFor(request, SESSION), optionsFor(request));
};

const JOURNEY = "mozdef-oidc";

/** How long somebody may take at the provider, in seconds. */
const JOURNEY_S = 600;

const JOURNEY_SHAPE = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string(), next: z.string() });

/** The browser keeps it: another browser cannot go on with it, and nothing has to be stored for whoever only begins. */
export const setJourneyCookie = (request: FastifyRequest, reply: FastifyReply, journey: OidcJourney): void => {
  const value = Buffer.from(JSON.stringify(journey)).toString("base64url");
  reply.setCookie(nameFor(request, JOURNEY), value, { ...optionsFor(request), maxAge: JOURNEY_S });
};

export const readJourneyCookie = (request: FastifyRequest): OidcJourney | null => {
  const value = request.cookies[nameFor(request, JOURNEY)];
  if (value === undefined) return null;
  try {
    return JOURNEY_SHAPE.safeParse(JSON.parse(Buffer.from(value, "base64url").toString())).data ?? null;
  } catch {
    return null;
  }
};

export const clearJourneyCookie = (request: FastifyRequest, reply: FastifyReply): void => {
  reply.clearCookie(nameFor(request, JOURNEY), optionsFor(request));
};
