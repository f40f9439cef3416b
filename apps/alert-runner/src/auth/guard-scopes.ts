import { isGranted, type Route } from "@mozdef/alert-api";
import { StoreError } from "@mozdef/alert-store";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { HttpError } from "../http/http-error.ts";
import { wantsPages } from "../http/wants-pages.ts";
import type { Access } from "./access.ts";
import type { Identity } from "./identity.ts";

/**
 * Lets callers do what their scope allows, by what the contract says that each route needs. Pages hold nothing that is secret, and are
 * for anyone.
 *
 * @param access - null: there is no log-in, and everybody may do everything.
 * @param isReady - Whether the store can be asked who somebody is.
 */
export const guardScopes = (app: FastifyInstance, access: Access | null, isReady: () => boolean): void => {
  app.decorateRequest("identity", null);
  app.decorateRequest("changedBy", "anonymous");
  if (access === null) return;
  app.addHook("onRequest", async (request, reply) => {
    const { route } = request.routeOptions.config;
    if (route === undefined || route.scope === "anyone" || isBrowserAtRoot(request)) return;
    if (!isReady()) throw notReady();
    try {
      request.identity = await access.identify(request);
      if (request.identity !== null) request.changedBy = request.identity.name;
      check(route, request.identity);
    } catch (error) {
      throw asked(error, reply);
    }
  });
};

/** It is led to the pages. */
const isBrowserAtRoot = ({ method, url, headers }: FastifyRequest): boolean =>
  method === "GET" && url === "/" && wantsPages(headers);

const check = ({ scope }: Route, identity: Identity | null): void => {
  if (identity === null)
    throw new HttpError("AUTHENTICATION_REQUIRED", "This needs a log-in: a token, or a session of the pages.");
  if (scope === "anyone" || scope === "self" || isGranted(identity.scope, scope)) return;
  throw new HttpError(
    "SCOPE_MISSING",
    `${identity.name} may not do this. Expected: the scope ${scope}. Received: ${identity.scope}.`,
  );
};

/** Never `Basic`: browsers would ask for a password, and send it to this service from then on, whoever makes them. */
const asked = (error: unknown, reply: FastifyReply): unknown => {
  if (error instanceof HttpError && error.statusCode === 401) reply.header("www-authenticate", 'Bearer realm="mozdef"');
  return error;
};

const notReady = (): StoreError =>
  new StoreError(
    "STORE_UNAVAILABLE",
    "The service waits for its store, which knows who may do what. GET /ready says why.",
    {
      retryable: true,
    },
  );
