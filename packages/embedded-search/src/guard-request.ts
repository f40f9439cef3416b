import type { IncomingHttpHeaders } from "node:http";
import type { StoreResponse } from "./api/handle-request.ts";

/** Names of this machine that no web page can have. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** A name or an address in brackets, and perhaps a port: what else a URL may hold does not belong into `Host`. */
const HOST = /^(?<name>\[[\da-f:.]+\]|[^\s:/?#@[\]\\]+)(?::\d{1,5})?$/i;

/** Why a request over the network is not answered; undefined when it is. */
export type Guard = (headers: IncomingHttpHeaders, hasBody: boolean) => StoreResponse | undefined;

/**
 * Keeps web pages out, since there is no authentication: the browser of anyone on this machine could be used against the store. It answers
 * only to names of its own, as a page can point a name at any address; it takes nothing from pages elsewhere; and a body has to say what it
 * is, which a page elsewhere cannot do without being asked for first.
 *
 * @param names - Beside those of loopback.
 */
export const guardOf = (names: readonly string[]): Guard => {
  const allowed = new Set(names.map((name) => name.toLowerCase()));
  return (headers, hasBody) => {
    const { host = "", origin } = headers;
    const name = HOST.exec(host)?.groups?.name?.toLowerCase() ?? "";
    if (!LOOPBACK.test(name) && !allowed.has(name))
      return forbidden(`The store does not answer under the name [${host}]; allowed names: [${nameList(names)}]`);
    if (isElsewhere(headers)) return forbidden(`Requests of pages from [${origin ?? "another site"}] are not answered`);
    return hasBody && headers["content-type"] === undefined ? UNTYPED : undefined;
  };
};

const nameList = (names: readonly string[]): string =>
  [...new Set(["localhost", "127.0.0.1", "[::1]", ...names])].join(", ");

/** Browsers send both headers themselves, pages cannot change them. Another port is another origin. */
const isElsewhere = ({ host, origin, "sec-fetch-site": site }: IncomingHttpHeaders): boolean =>
  (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase())) ||
  (site !== undefined && site !== "same-origin" && site !== "none");

const answer = (statusCode: number, body: object): StoreResponse => ({
  statusCode,
  headers: { "content-type": "application/json", "x-elastic-product": "Elasticsearch" },
  body: JSON.stringify({ ...body, status: statusCode }),
});

const forbidden = (reason: string): StoreResponse => {
  const cause = { type: "security_exception", reason: reason.slice(0, 500) };
  return answer(403, { error: { root_cause: [cause], ...cause } });
};

/** As Elasticsearch answers it. */
const UNTYPED = answer(406, { error: "Content-Type header [] is not supported" });
