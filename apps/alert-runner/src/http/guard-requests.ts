import type { FastifyInstance, FastifyRequest } from "fastify";
import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { isLoopback, LOOPBACK_NAMES } from "../addresses/loopback.ts";
import { HttpError } from "./http-error.ts";

export interface GuardOptions {
  /** The address the service listens on. */
  readonly host: string;
  /** Further names it may be called by. Default: those of its certificate; where there is a log-in and no certificate: any. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Where people reach it, under a name that it may be called by. Default: unknown. */
  readonly publicUrl?: string | undefined;
  /** The certificate of the service in PEM. Default: it has none. */
  readonly certificate?: string | undefined;
  /** Whether callers have to sign in. Default: they need not. */
  readonly hasLogIn?: boolean;
}

/**
 * Keeps foreign web pages out: the browser of anyone who can reach the service could be used against it. Changing requests must not
 * come from a page of another origin, and the service answers only to names of its own, since a page can point a name at any address.
 */
export const guardRequests = (app: FastifyInstance, options: GuardOptions): void => {
  const isAllowed = allowedNames(options);
  app.addHook("onRequest", (request, _reply, done) => {
    const name = nameIn(request.host);
    if (name === null || (!LOOPBACK_NAMES.has(name) && !isAllowed(name))) done(hostForbidden(request.host));
    else if (isForeign(request) || isSentElsewhere(request)) done(originForbidden(request));
    else done();
  });
};

/** A name or an address in brackets, and perhaps a port. What else an address may have in front of a path, such as a user, is none of them. */
const HOST = /^(?<name>\[[\da-f:.]+\]|[^\s:/?#@[\]\\]+)(?::\d{1,5})?$/i;

const nameIn = (host: string): string | null => HOST.exec(host)?.groups?.name?.toLowerCase() ?? null;

const allowedNames = (options: GuardOptions): ((name: string) => boolean) => {
  const { publicUrl } = options;
  const others = otherNames(options);
  if (publicUrl === undefined) return others;
  const { hostname } = new URL(publicUrl);
  return (name) => name === hostname || others(name);
};

const otherNames = ({ host, allowedHosts, certificate, hasLogIn = false }: GuardOptions) => {
  if (allowedHosts !== undefined) {
    const allowed = new Set(allowedHosts.map((name) => name.toLowerCase()));
    return (name: string): boolean => allowed.has(name);
  }
  if (certificate !== undefined) {
    const own = new X509Certificate(certificate);
    return (name: string): boolean => isNameOf(own, name.replace(/^\[(.*)\]$/, "$1"));
  }
  // Behind a proxy: whoever points a name at it has neither the cookie of the right name nor a token.
  const isAny = hasLogIn && !isLoopback(host);
  return (): boolean => isAny;
};

const isNameOf = (certificate: X509Certificate, name: string): boolean =>
  (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;

const isForeign = (request: FastifyRequest): boolean => {
  const { origin } = request.headers;
  if (request.method === "GET" || request.method === "HEAD" || origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.host;
};

/** What browsers say themselves of a request for a page elsewhere. Following a link from there is all right, as is coming back from a log-in. */
const isSentElsewhere = ({ method, headers }: FastifyRequest): boolean => {
  const { "sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": target } = headers;
  if (site === undefined || site === "same-origin" || site === "none") return false;
  return !(method === "GET" && mode === "navigate" && target === "document");
};

const hostForbidden = (name: string): HttpError =>
  new HttpError(
    "HOST_FORBIDDEN",
    `This service does not answer under the name ${JSON.stringify(name.slice(0, 100))}. If that name is right, add it to listen.allowedHosts.`,
  );

const originForbidden = ({ headers }: FastifyRequest): HttpError =>
  new HttpError(
    "ORIGIN_FORBIDDEN",
    `Requests of pages from ${headers.origin === undefined ? "elsewhere" : JSON.stringify(headers.origin.slice(0, 100))} are not accepted.`,
  );
