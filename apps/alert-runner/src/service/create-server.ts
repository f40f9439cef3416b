import type { AlertStore } from "@mozdef/alert-store";
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { alertRoutes } from "../alerts/alert-routes.ts";
import { backupRoutes } from "../backups/backup-routes.ts";
import type { Backups } from "../backups/backups.ts";
import type { Clock, Outbox, Scheduler } from "@mozdef/alert-engine";
import type { Config } from "../config/config-schema.ts";
import type { Intake } from "../intake/create-intake.ts";
import { backfillRoutes } from "../backfills/backfill-routes.ts";
import { deliveryRoutes } from "../deliveries/delivery-routes.ts";
import { documentRoutes } from "../intake/document-routes.ts";
import { hecRoutes } from "../intake/hec-routes.ts";
import { installedRoutes } from "../intake/installed-routes.ts";
import { intakeRoutes } from "../intake/intake-routes.ts";
import { intakeView } from "../intake/intake-view.ts";
import { otlpRoutes } from "../intake/otlp-routes.ts";
import { shipperRoutes } from "../intake/shipper-routes.ts";
import { scheduleRoutes } from "../schedule/schedule-routes.ts";
import { statusRoutes, type StatusSource } from "../status/status-routes.ts";
import { watchlistRoutes } from "../watchlist/watchlist-routes.ts";
import { checkAnswers } from "../http/check-answers.ts";
import { answerBadRequests, answerErrors } from "../http/error-answers.ts";
import { refuseWhileWaiting } from "../http/refuse-while-waiting.ts";
import type { Slots } from "../status/slots.ts";
import { checkHeaders } from "../http/check-headers.ts";
import { guardRequests } from "../http/guard-requests.ts";
import type { Metrics } from "../metrics.ts";
import { openApiRoute } from "./openapi.ts";
import { pageRoutes } from "../http/pages.ts";
import { onlyContract } from "../http/serve.ts";
import { securityHeaders } from "../http/security-headers.ts";

/** What the server is made of. */
export interface ServerParts {
  readonly store: AlertStore;
  readonly config: Pick<Config, "listen" | "limits">;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly intake: Intake;
  readonly scheduler: Scheduler;
  readonly outbox: Outbox;
  readonly status: StatusSource;
  /** Whether the store has been made ready. Default: it has. */
  readonly isPrepared?: () => boolean;
  /** What the slots of the alerts say of the service. */
  readonly slots: Slots;
  /** Shards of alerts that this instance runs. */
  readonly shards: () => number;
  /** Of an embedded store. */
  readonly backups?: Backups | undefined;
  readonly log: FastifyBaseLogger;
  /** The folder with the built pages. */
  readonly webRoot: string;
  /** Checks every answer and is told what is wrong with one. For tests. */
  readonly onWrongAnswer?: (problem: string) => void;
}

/** Bodies of the API are small: who, which status, which schedule. */
const API_BODY_BYTES = 64 * 1_024;

/** How often connections are looked at, and the longest time for the headers of a request, in milliseconds. */
const CHECK_MS = 5_000;
const HEADERS_MS = 60_000;

/** The HTTP side of the service, not listening yet. */
export const createServer = async (parts: ServerParts): Promise<FastifyInstance> => {
  const { config, metrics, log, store, clock } = parts;
  const app = fastify({
    loggerInstance: log,
    bodyLimit: API_BODY_BYTES,
    // Routes for events look at the time themselves, so that they can answer; this is for all others.
    requestTimeout: config.limits.bodyMs + CHECK_MS,
    http: { headersTimeout: Math.min(HEADERS_MS, config.limits.bodyMs), connectionsCheckingInterval: CHECK_MS },
    logController: new LogController({ disableRequestLogging: true }),
    ...answerBadRequests,
    routerOptions: { maxParamLength: 1_000 },
    // Stopping must not wait for browsers that keep their connection open.
    forceCloseConnections: "idle",
  });
  onlyContract(app);
  if (parts.onWrongAnswer !== undefined) checkAnswers(app, parts.onWrongAnswer);
  checkHeaders(app);
  guardRequests(app, config.listen);
  securityHeaders(app);
  answerErrors(app);
  refuseWhileWaiting(app, parts.isPrepared ?? (() => true));
  app.addHook("onResponse", (request, reply, done) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? "none", status: reply.statusCode };
    metrics.requestSeconds.observe(labels, reply.elapsedTime / 1_000);
    request.log.debug({ ...labels, url: request.url, ms: Math.round(reply.elapsedTime) }, "request");
    done();
  });
  const intake = { ...parts.intake, store, clock, limits: config.limits };
  await app.register((scope) => intakeRoutes(scope, intake));
  await app.register((scope) => shipperRoutes(scope, intake));
  await app.register((scope) => documentRoutes(scope, intake));
  await app.register((scope) => installedRoutes(scope, intake));
  await app.register((scope) => hecRoutes(scope, intake));
  await app.register((scope) => otlpRoutes(scope, intake));
  await app.register((scope) => intakeView(scope, intake));
  await app.register((scope) => alertRoutes(scope, parts));
  await app.register((scope) => scheduleRoutes(scope, parts));
  await app.register((scope) => backfillRoutes(scope, parts));
  await app.register((scope) => deliveryRoutes(scope, parts));
  await app.register((scope) => watchlistRoutes(scope, parts));
  await app.register((scope) => backupRoutes(scope, parts));
  await app.register((scope) =>
    statusRoutes(scope, { status: parts.status, metrics, shards: parts.shards, ...parts.slots }),
  );
  openApiRoute(app);
  await app.register((scope) => pageRoutes(scope, parts.webRoot));
  return app;
};
