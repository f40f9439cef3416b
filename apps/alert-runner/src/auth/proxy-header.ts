import { type Role, SCOPE_OF_ROLE } from "@mozdef/alert-api";
import type { FastifyRequest } from "fastify";
import type { ProxyHeaderConfig } from "../config/auth-schema.ts";
import { HttpError } from "../http/http-error.ts";
import { trustedBy } from "../addresses/trusted.ts";
import type { Identity } from "./identity.ts";
import { isOfForeignPage } from "./session-access.ts";

/**
 * Who a proxy says that somebody is, in a header. It is believed to proxies alone, by the address that the connection comes from; of others the
 * header is nothing.
 *
 * @throws from what it returns: {HttpError} `AUTHENTICATION_FAILED` when the proxy sends what is no name.
 */
export const proxyHeader = ({ name: header, trusted, role, roles }: ProxyHeaderConfig) => {
  const isTrusted = trustedBy(trusted);
  const roleOf = new Map<string, Role>(Object.entries(roles).map(([user, own]) => [user.toLowerCase(), own]));
  return (request: FastifyRequest): Identity | null => {
    const name = request.headers[header.toLowerCase()];
    // Browsers show it with each request that goes by the proxy, whose page ever it is of.
    if (name === undefined || !isTrusted(request.socket.remoteAddress) || isOfForeignPage(request)) return null;
    if (typeof name !== "string" || !/^[^\s,;]{1,200}$/.test(name))
      throw new HttpError(
        "AUTHENTICATION_FAILED",
        `The proxy sends a header ${header} that is not the name of one person: it has to replace what callers send.`,
      );
    return { name, via: "proxy", scope: SCOPE_OF_ROLE[roleOf.get(name.toLowerCase()) ?? role] };
  };
};
