import type { FastifyInstance, FastifyRequest } from "fastify";
import { HttpError } from "./http-error.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

export interface GuardOptions {
  /** The address the service listens on. */
  readonly host: string;
  /** Further names it may be called by; undefined: any, unless it listens on loopback. */
  readonly allowedHosts?: readonly string[] | undefined;
}

/**
 * Keeps foreign web pages out: the service has no log-in, and the browser of anyone who can reach it could be used against it.
 * Changing requests must not come from a page of another origin, and a service on loopback answers only to loopback names
 * (a page can point a name of its own at 127.0.0.1).
 */
export const guardRequests = (app: FastifyInstance, { host, allowedHosts }: GuardOptions): void => {
  const any = allowedHosts === undefined && !isLoopback(host);
  const allowed = new Set(allowedHosts?.map((name) => name.toLowerCase()));
  app.addHook("onRequest", (request, _reply, done) => {
    const name = request.hostname.toLowerCase();
    if (!any && !LOOPBACK.has(name) && !allowed.has(name)) done(hostForbidden(name));
    else if (isForeign(request)) done(originForbidden(request));
    else done();
  });
};

const isLoopback = (host: string): boolean => LOOPBACK.has(host) || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);

const isForeign = ({ method, headers }: FastifyRequest): boolean => {
  const { origin } = headers;
  if (method === "GET" || method === "HEAD" || origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.host;
};

const hostForbidden = (name: string): HttpError =>
  new HttpError(
    "HOST_FORBIDDEN",
    `This service listens on loopback and does not answer under the name ${JSON.stringify(name.slice(0, 100))}. If that name is right, add it to listen.allowedHosts.`,
  );

const originForbidden = ({ headers }: FastifyRequest): HttpError =>
  new HttpError(
    "ORIGIN_FORBIDDEN",
    `Requests of pages from ${JSON.stringify(headers.origin?.slice(0, 100))} are not accepted.`,
  );
