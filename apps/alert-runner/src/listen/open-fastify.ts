import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import type { Config } from "../config/config-schema.ts";
import { answerBadRequests } from "../http/error-answers.ts";
import type { Certificate } from "./certificate.ts";

/** Bodies of the API are small: who, which status, which schedule. */
const API_BODY_BYTES = 64 * 1_024;

/** How often connections are looked at, and the longest time for the headers of a request, in milliseconds. */
const CHECK_MS = 5_000;
const HEADERS_MS = 60_000;

export interface OpenOptions {
  readonly config: Pick<Config, "listen" | "limits">;
  /** null: HTTP without TLS. */
  readonly certificate: Certificate | null;
  readonly log: FastifyBaseLogger;
}

/** A server without routes, by HTTP or HTTPS. */
export const openFastify = ({ config, certificate, log }: OpenOptions): FastifyInstance => {
  const http = { headersTimeout: Math.min(HEADERS_MS, config.limits.bodyMs), connectionsCheckingInterval: CHECK_MS };
  const options = {
    loggerInstance: log,
    bodyLimit: API_BODY_BYTES,
    // Routes for events look at the time themselves, so that they can answer; this is for all others.
    requestTimeout: config.limits.bodyMs + CHECK_MS,
    logController: new LogController({ disableRequestLogging: true }),
    ...answerBadRequests,
    routerOptions: { maxParamLength: 1_000 },
    // Stopping must not wait for browsers that keep their connection open.
    forceCloseConnections: "idle",
    ...(config.listen.behindProxy && { trustProxy: [...config.listen.behindProxy.trusted] }),
  } as const;
  if (certificate === null) return fastify({ ...options, http });
  return fastify({ ...options, https: { ...http, ...certificate } });
};
