import type { AlertStore } from "@mozdef/alert-store";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { alertRoutes } from "../alerts/alert-routes.ts";
import type { AlertChangerOptions } from "../alerts/change-alerts.ts";
import { backupRoutes } from "../backups/backup-routes.ts";
import type { Backups } from "../backups/backups.ts";
import type { AlertHost, Clock, Exceptions, Mutes, Outbox, Scheduler } from "@mozdef/alert-engine";
import type { Config } from "../config/config-schema.ts";
import type { Intake } from "../intake/create-intake.ts";
import { analysisRoutes } from "../analysis/analysis-routes.ts";
import { auditChanges } from "../audit/audit-changes.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { auditRoutes } from "../audit/audit-routes.ts";
import cookies from "@fastify/cookie";
import { guardScopes } from "../auth/guard-scopes.ts";
import type { LogIn } from "../auth/log-in.ts";
import { tokenRoutes } from "../auth/token-routes.ts";
import { oidcRoutes } from "../auth/oidc-routes.ts";
import { sessionRoutes } from "../auth/session-routes.ts";
import { userRoutes } from "../auth/user-routes.ts";
import type { Certificate } from "../listen/certificate.ts";
import { openFastify } from "../listen/open-fastify.ts";
import { linkRoutes } from "../links/link-routes.ts";
import type { SignedLinks } from "../links/signed-links.ts";
import { backfillRoutes } from "../backfills/backfill-routes.ts";
import { deliveryRoutes } from "../deliveries/delivery-routes.ts";
import { exceptionRoutes } from "../exceptions/exception-routes.ts";
import { eventRoutes } from "../events/event-routes.ts";
import { documentRoutes } from "../intake/document-routes.ts";
import { hecRoutes } from "../intake/hec-routes.ts";
import { installedRoutes } from "../intake/installed-routes.ts";
import { intakeRoutes } from "../intake/intake-routes.ts";
import { intakeView } from "../intake/intake-view.ts";
import { otlpRoutes } from "../intake/otlp-routes.ts";
import { shipperRoutes } from "../intake/shipper-routes.ts";
import { scheduleRoutes } from "../schedule/schedule-routes.ts";
import { silenceRoutes } from "../silences/silence-routes.ts";
import { statusRoutes, type StatusSource } from "../status/status-routes.ts";
import { watchlistRoutes } from "../watchlist/watchlist-routes.ts";
import { checkAnswers } from "../http/check-answers.ts";
import { answerEtags } from "../http/etags.ts";
import { answerErrors, refuseUnknown } from "../http/error-answers.ts";
import { readJsonBodies } from "../http/json-bodies.ts";
import { limitRates } from "../http/limit-rates.ts";
import { refuseWhileWaiting } from "../http/refuse-while-waiting.ts";
import { readingRoutes } from "../store/reading-routes.ts";
import type { Slots } from "../status/slots.ts";
import { checkHeaders } from "../http/check-headers.ts";
import { guardRequests } from "../http/guard-requests.ts";
import type { Metrics } from "../metrics.ts";
import { referenceRoutes } from "../reference/reference-routes.ts";
import { pageRoutes } from "../http/pages.ts";
import { onlyContract } from "../http/serve.ts";
import { securityHeaders } from "../http/security-headers.ts";

/** What the server is made of. */
export interface ServerParts {
  readonly store: AlertStore;
  readonly config: Pick<Config, "listen" | "limits" | "sources">;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly intake: Intake;
  readonly scheduler: Scheduler;
  /** Has the code of the alerts. */
  readonly host: AlertHost;
  readonly outbox: Outbox;
  readonly mutes: Mutes;
  readonly exceptions: Exceptions;
  readonly status: StatusSource;
  /** Whether the store has been made ready. Default: it has. */
  readonly isPrepared?: () => boolean;
  /** What the slots of the alerts say of the service. */
  readonly slots: Slots;
  /** Shards of alerts that this instance runs. */
  readonly shards: () => number;
  /** Of an embedded store. */
  readonly backups?: Backups | undefined;
  /** Whether its store may be read as Elasticsearch is. Default: it may not. */
  readonly isReadable?: boolean;
  readonly log: FastifyBaseLogger;
  readonly audit: AuditLog;
  readonly logIn: LogIn;
  /** Of messages. */
  readonly links: SignedLinks | null;
  /** Of the service itself. Default: it has none. */
  readonly certificate?: Certificate | null;
  /** See `AlertChangerOptions`. */
  readonly onAlertChanged?: AlertChangerOptions["onAlertChanged"] | undefined;
  /** The folder with the built pages. */
  readonly webRoot: string;
  /** Checks every answer and is told what is wrong with one. For tests. */
  readonly onWrongAnswer?: (problem: string) => void;
}

/** The HTTP side of the service, not listening yet. */
export const createServer = async (parts: ServerParts): Promise<FastifyInstance> => {
  const { config, metrics, log, store, clock } = parts;
  const { certificate = null, audit, logIn, isPrepared = () => true } = parts;
  const app = openFastify({ config, certificate, log });
  onlyContract(app);
  if (parts.onWrongAnswer !== undefined) checkAnswers(app, parts.onWrongAnswer);
  checkHeaders(app);
  guardRequests(app, {
    host: config.listen.host,
    allowedHosts: config.listen.allowedHosts,
    publicUrl: config.listen.publicUrl,
    certificate: certificate?.cert,
    hasLogIn: logIn.access !== null,
  });
  securityHeaders(app);
  readJsonBodies(app);
  answerErrors(app);
  answerEtags(app);
  refuseWhileWaiting(app, isPrepared);
  await app.register(cookies);
  guardScopes(app, logIn.access, isPrepared);
  auditChanges(app, audit);
  await limitRates(app, config.limits);
  refuseUnknown(app);
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
  await app.register((scope) => linkRoutes(scope, parts));
  await app.register((scope) => eventRoutes(scope, { store, clock, sources: config.sources }));
  await app.register((scope) => scheduleRoutes(scope, parts));
  await app.register((scope) => analysisRoutes(scope, { ...parts, limits: config.limits }));
  await app.register((scope) => exceptionRoutes(scope, { ...parts, limits: config.limits }));
  await app.register((scope) => backfillRoutes(scope, parts));
  await app.register((scope) => deliveryRoutes(scope, parts));
  await app.register((scope) => silenceRoutes(scope, parts));
  await app.register((scope) => watchlistRoutes(scope, parts));
  await app.register((scope) => backupRoutes(scope, parts));
  await app.register((scope) => sessionRoutes(scope, { ...logIn, audit }));
  await app.register((scope) => oidcRoutes(scope, { ...logIn, audit }));
  await app.register((scope) => userRoutes(scope, logIn));
  await app.register((scope) => tokenRoutes(scope, logIn));
  await app.register((scope) => auditRoutes(scope, parts));
  await app.register((scope) => readingRoutes(scope, { store, isReadable: parts.isReadable === true }));
  await app.register((scope) =>
    statusRoutes(scope, { status: parts.status, metrics, shards: parts.shards, ...parts.slots }),
  );
  referenceRoutes(app);
  await app.register((scope) => pageRoutes(scope, parts.webRoot));
  return app;
};
