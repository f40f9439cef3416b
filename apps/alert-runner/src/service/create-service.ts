import {
  type AlertRegistry,
  type Clock,
  createExceptions,
  createOutbox,
  dailyMaintenance,
  EngineError,
  followOthers,
  inProcessHost,
  joinObservers,
  reloadRules,
  roomKeeper,
  type RunLoop,
  Scheduler,
  sharedWork,
  soleShare,
  startRunLoop,
  systemClock,
  tasksByName,
} from "@mozdef/alert-engine";
import type { EventParser } from "@mozdef/alert";
import { preparePlugins } from "@mozdef/alert/runtime";
import { queueNotices, setUpStore } from "@mozdef/alert-store";
import type { AlertNotice } from "../alerts/alert-notice.ts";
import { lateNotices } from "../alerts/late-notices.ts";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { Server as TlsServer } from "node:https";
import type { LoadedConfig } from "../config/load-config.ts";
import { FOR_PLUGINS, guardedFetch } from "../host/guarded-fetch.ts";
import { startAlertProcesses } from "../host/start-alert-process.ts";
import { webRoot } from "../http/pages.ts";
import { VERSION } from "../manifest.ts";
import { createIntake } from "../intake/create-intake.ts";
import { newLocalKey, removeLocalKey, writeLocalKey } from "../auth/local-key.ts";
import { createLogIn } from "../auth/log-in.ts";
import { storedAuditLog } from "../audit/audit-log.ts";
import { readCertificate, renewCertificate } from "../listen/certificate.ts";
import { createMetrics, metricsObserver } from "../metrics.ts";
import { RunnerError } from "../runner-error.ts";
import { countRequests } from "../store/count-requests.ts";
import type { OpenedStore } from "../store/opened-store.ts";
import { processMetrics } from "../status/process-metrics.ts";
import { slotsOf } from "../status/slots.ts";
import { startWatchdog, type Watchdog } from "../status/watchdog.ts";
import { startSyslog, type SyslogServer } from "../syslog/syslog-server.ts";
import { routingWarnings } from "../config/routing-schema.ts";
import { messageLinks } from "../links/signed-links.ts";
import { createRouting } from "./create-routing.ts";
import type { LoadedAlerts } from "../packs/load-alerts.ts";
import { liveRegistry } from "./live-registry.ts";
import { createServer } from "./create-server.ts";
import { logObserver } from "./log-observer.ts";
import { serviceStatus } from "./service-status.ts";
import { alertServices } from "../host/alert-services.ts";
import { triedOnce, untilReady } from "./await-store.ts";

export interface ServiceParts {
  readonly config: LoadedConfig["config"];
  readonly registry: AlertRegistry;
  /** Of the packs. Default: none. */
  readonly parsers?: readonly EventParser[];
  /** Versions of the packs by their names. Default: none. */
  readonly packVersions?: Readonly<Record<string, string>>;
  readonly opened: OpenedStore;
  readonly log: FastifyBaseLogger;
  readonly clock?: Clock;
  /** Told when the service cannot do its work once the store is there, such as for a port that is taken. */
  readonly onUnstartable: (error: unknown) => void;
  /** What paths of the configuration are relative to. */
  readonly folder: string;
  /** The configuration file; null when there is none. */
  readonly file: string | null;
  /** Whether alerts are written while it runs: it can take over new ones fast, and its store may be read. Default false. */
  readonly isWatched?: boolean;
}

/** The whole service. */
export interface Service {
  readonly app: FastifyInstance;
  readonly scheduler: Scheduler;
  /** Prepares the store, begins to run alerts and to listen. @returns the address, e.g. `http://127.0.0.1:8080`. */
  start(): Promise<string>;
  /**
   * Runs other versions of the alerts from now on, and reads with other parsers.
   *
   * @throws {EngineError} `HOST_FAILED` when the process of the alerts cannot be started with them: nothing has changed then.
   */
  takeOver(next: LoadedAlerts): Promise<void>;
  /**
   * Takes no further requests, finishes the runs under way and closes the store. Runs that do not end within the grace
   * time are aborted: the next start finishes what they left.
   */
  stop(): Promise<void>;
}

/** How long runs under way may go on once the service is told to stop, in milliseconds. */
const GRACE_MS = 7_000;

/** Puts the parts together. Touches nothing until it is started. */
export const createService = async ({
  config,
  registry: loaded,
  parsers: loadedParsers = [],
  packVersions = {},
  opened,
  log,
  clock = systemClock,
  folder,
  file,
  onUnstartable,
  isWatched = false,
}: ServiceParts): Promise<Service> => {
  const registry = liveRegistry(loaded);
  const parsers = [...loadedParsers];
  const { store } = opened;
  const { sources, plugins, actions } = config;
  const onFailure = (err: unknown): void => log.error({ err }, "cannot tell by what an alert is muted: it is sent");
  const { routes, mutes, router } = createRouting({ store, config, onFailure });
  const exceptions = createExceptions(store);
  const metrics = createMetrics();
  countRequests(store.client, metrics.storeRequests);
  const reported = joinObservers(metricsObserver(metrics), logObserver(log));
  const services = alertServices(log, config.outbound);
  const aborted = new AbortController();
  let loop: RunLoop | undefined;
  let syslog: SyslogServer | undefined;

  const about = () => ({ version: VERSION, packs: packVersions, standstill: slots.standstill() });
  const share =
    opened.kind === "cluster"
      ? sharedWork(store, clock, about, joinObservers(reported, { onRunners: () => onRunners() }))
      : soleShare(store.hostname, about);
  const isRunning = (): boolean => loop?.isRunning === true;
  const isMine = (target: string): boolean => isRunning() && share.has(`target ${target}`);
  const links = messageLinks(store, config.listen);
  const outbox = createOutbox({
    ...{ store, clock, actions, routes, mutes, services, isMine },
    observer: reported,
    links: links?.linksOf,
  });
  const observer = joinObservers(reported, {
    onRulesChanged: () => isolated?.reload(),
    onRun: ({ alerts }) => {
      if (alerts.length > 0) outbox.wake();
    },
  });
  const intake = createIntake({ clock, metrics, log, limits: config.limits, parsers });
  const isolated =
    config.isolation.mode === "none"
      ? null
      : startAlertProcesses({
          ...{ isolation: config.isolation, file, store, services },
          indices: Object.keys(registry.indices),
          hasSpare: isWatched,
        });
  const alertProcessBytes = (): number => isolated?.residentBytes ?? 0;
  processMetrics({ registry: metrics.registry, room: opened.room, alertProcessBytes });
  const ofAlerts = { ...services, fetch: guardedFetch(config.outbound) };
  const ofPlugins = { ...services, fetch: guardedFetch({ ...config.outbound, ...FOR_PLUGINS }) };
  const host = isolated ?? inProcessHost({ store, services: ofAlerts, sources, tasks: tasksByName(registry) });
  const scheduler = new Scheduler({
    store,
    clock,
    observer,
    alerts: registry.alerts,
    limits: config.limits,
    signal: aborted.signal,
    host,
    services: ofPlugins,
    sources,
    plugins,
    router,
    exceptions,
    settle: (until) => intake.underway.settled(until, clock),
    onChange: () => loop?.wake(),
  });
  const onAlertChanged = async ({ alert, event, by, at }: AlertNotice): Promise<void> => {
    const targets = router.tells(event);
    if (targets.length === 0) return;
    await queueNotices(store, alert, { event, by, now: at }, (target) => targets.includes(target));
    outbox.wake();
  };
  const late = lateNotices(store, onAlertChanged);
  /** Whoever is gone may have left something. */
  const onRunners = (): void => {
    late.expect();
    outbox.wake();
  };
  let isPrepared = false;
  const slots = slotsOf({ scheduler, clock, isPrepared: () => isPrepared, silentMs: opened.silentMs });
  const room = config.retention.whenFull === "wait" ? () => null : () => opened.room?.().events ?? null;
  const keeper = roomKeeper(store, room, observer);
  const maintenance = dailyMaintenance(store, config.retention, observer);
  const status = serviceStatus({
    opened,
    intake,
    clock,
    scheduler,
    registry,
    started: clock.now(),
    share,
    isRunning,
    outbox,
    metrics,
    slotCounts: slots.slotCounts,
    deletedDays: () => keeper.deleted,
    maintenanceFailure: () => maintenance.failure,
    suspended: () => isolated?.suspended() ?? [],
    watchdogFailure: () => watchdog?.failure ?? null,
  });
  let watchdog: Watchdog | undefined;
  const isWell = (): boolean => isRunning() && share.runners.every(({ standstill }) => standstill === null);
  let started: Promise<void> = Promise.resolve();
  const stopped = new AbortController();
  const prepare = async (): Promise<void> => {
    const { warnings } = await setUpStore(store, clock.now(), { fields: registry.fields, indices: registry.indices });
    for (const warning of warnings) log.warn(warning);
    await scheduler.load();
    await mutes.refresh(clock.now());
    await exceptions.refresh(clock.now());
    isPrepared = true;
  };
  const run = async (): Promise<void> => {
    const reload = reloadRules({ registry, scheduler, observer });
    const follow = followOthers(scheduler, mutes, exceptions);
    loop = startRunLoop({
      scheduler,
      share,
      clock,
      observer,
      maintain: async (now) => {
        await maintenance.run(now);
        await keeper.keep(now);
        await reload(now);
        await follow(now);
        await late.tell(now);
      },
    });
    outbox.start();
    if (config.watchdog !== undefined)
      watchdog = startWatchdog({ ...config.watchdog, isWell, clock, fetch: services.fetch, log: services.log });
    const ways = { ...intake, store, clock, limits: config.limits, host: config.listen.host, folder };
    syslog = await startSyslog({ ...ways, syslog: config.intake.syslog });
    for (const address of syslog.addresses) log.info(`syslog: ${address}`);
  };
  const localKey = config.auth === undefined ? null : newLocalKey();
  const certificate = readCertificate(config.listen, folder);
  const app = await createServer({
    audit: storedAuditLog(store, clock, log),
    logIn: createLogIn({ store, clock, auth: config.auth, localKey, fetch: services.fetch }),
    certificate,
    store,
    config,
    clock,
    metrics,
    intake,
    scheduler,
    host,
    outbox,
    mutes,
    exceptions,
    onAlertChanged: late.onAlertChanged,
    links,
    status,
    slots,
    shards: () => share.shards.size,
    isPrepared: () => isPrepared,
    backups: opened.backups,
    isReadable: isWatched,
    log,
    webRoot: webRoot(),
  });

  const renewal =
    certificate === null
      ? null
      : renewCertificate({
          ...{ certificate, log, server: app.server as unknown as TlsServer },
          read: () => readCertificate(config.listen, folder),
        });

  return {
    app,
    scheduler,
    start: async () => {
      for (const warning of routingWarnings(config)) log.warn(warning);
      if (localKey !== null) writeLocalKey(config.store, folder, localKey);
      await preparePlugins(plugins, { ...ofPlugins, now: clock.now() });
      const waiting = { prepare, clock, log, signal: stopped.signal };
      const reason = await triedOnce(waiting);
      if (reason === null) await run();
      else
        started = untilReady(waiting, reason)
          .then((isReady) => (isReady ? run() : undefined))
          .catch(onUnstartable);
      return listen(app, config.listen);
    },
    takeOver: async (next) => {
      const renewed = await isolated?.renew();
      registry.replace(next.registry);
      // Whoever reads events has this list.
      parsers.splice(0, parsers.length, ...next.parsers);
      scheduler.replaceAlerts(registry.alerts);
      renewed?.use();
      loop?.wake();
    },
    stop: async () => {
      const shuttingDown = new EngineError("SHUTTING_DOWN", "The service is shutting down.");
      const timer = setTimeout(() => aborted.abort(shuttingDown), GRACE_MS);
      stopped.abort();
      await started;
      renewal?.stop();
      if (localKey !== null) removeLocalKey(config.store, folder);
      await watchdog?.stop();
      await loop?.stop();
      await Promise.all([app.close(), scheduler.stop(), syslog?.stop()]);
      await outbox.stop();
      isolated?.close();
      clearTimeout(timer);
      await share.release().catch((error: unknown) => {
        log.warn({ err: error }, "cannot hand over to another instance");
      });
      await opened.close();
    },
  };
};

const listen = async (app: FastifyInstance, { host, port }: LoadedConfig["config"]["listen"]): Promise<string> => {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RunnerError(
      "LISTEN_FAILED",
      `Cannot listen on ${host}, port ${port}: ${reason}. Another port: PORT=9000 npm start.`,
      { cause },
    );
  }
};
