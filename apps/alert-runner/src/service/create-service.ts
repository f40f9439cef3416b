import {
  type AlertRegistry,
  type Clock,
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
import { setUpStore } from "@mozdef/alert-store";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { LoadedConfig } from "../config/load-config.ts";
import { guardedFetch } from "../host/guarded-fetch.ts";
import { startAlertProcesses } from "../host/start-alert-process.ts";
import { webRoot } from "../http/pages.ts";
import { VERSION } from "../manifest.ts";
import { createIntake } from "../intake/create-intake.ts";
import { createMetrics, metricsObserver } from "../metrics.ts";
import { RunnerError } from "../runner-error.ts";
import { countRequests } from "../store/count-requests.ts";
import type { OpenedStore } from "../store/opened-store.ts";
import { processMetrics } from "../status/process-metrics.ts";
import { slotsOf } from "../status/slots.ts";
import { startWatchdog, type Watchdog } from "../status/watchdog.ts";
import { startSyslog, type SyslogServer } from "../syslog/syslog-server.ts";
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
}

/** The whole service. */
export interface Service {
  readonly app: FastifyInstance;
  readonly scheduler: Scheduler;
  /** Prepares the store, begins to run alerts and to listen. @returns the address, e.g. `http://127.0.0.1:8080`. */
  start(): Promise<string>;
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
  registry,
  parsers = [],
  packVersions = {},
  opened,
  log,
  clock = systemClock,
  folder,
  file,
  onUnstartable,
}: ServiceParts): Promise<Service> => {
  const { store } = opened;
  const { sources, plugins, actions } = config;
  const metrics = createMetrics();
  countRequests(store.client, metrics.storeRequests);
  const reported = joinObservers(metricsObserver(metrics), logObserver(log));
  const services = alertServices(log);
  const aborted = new AbortController();
  let loop: RunLoop | undefined;
  let syslog: SyslogServer | undefined;

  const about = () => ({ version: VERSION, packs: packVersions, standstill: slots.standstill() });
  const share =
    opened.kind === "cluster"
      ? sharedWork(store, clock, about, joinObservers(reported, { onRunners: () => outbox.wake() }))
      : soleShare(store.hostname, about);
  const isRunning = (): boolean => loop?.isRunning === true;
  const isMine = (target: string): boolean => isRunning() && share.has(`target ${target}`);
  const outbox = createOutbox({ store, clock, actions, services, observer: reported, isMine });
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
        });
  const alertProcessBytes = (): number => isolated?.residentBytes ?? 0;
  processMetrics({ registry: metrics.registry, room: opened.room, alertProcessBytes });
  const ofAlerts = { ...services, fetch: guardedFetch(config.outbound) };
  const host = isolated ?? inProcessHost({ store, services: ofAlerts, sources, tasks: tasksByName(registry) });
  const scheduler = new Scheduler({
    store,
    clock,
    observer,
    alerts: registry.alerts,
    limits: config.limits,
    signal: aborted.signal,
    host,
    services,
    sources,
    plugins,
    actions,
    settle: (until) => intake.underway.settled(until, clock),
    onChange: () => loop?.wake(),
  });
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
    isPrepared = true;
  };
  const run = async (): Promise<void> => {
    const reload = reloadRules({ registry, scheduler, observer });
    const follow = followOthers(scheduler);
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
      },
    });
    outbox.start();
    if (config.watchdog !== undefined)
      watchdog = startWatchdog({ ...config.watchdog, isWell, clock, fetch, log: services.log });
    const ways = { ...intake, store, clock, limits: config.limits, host: config.listen.host, folder };
    syslog = await startSyslog({ ...ways, syslog: config.intake.syslog });
    for (const address of syslog.addresses) log.info(`syslog: ${address}`);
  };
  const app = await createServer({
    store,
    config,
    clock,
    metrics,
    intake,
    scheduler,
    outbox,
    status,
    slots,
    shards: () => share.shards.size,
    isPrepared: () => isPrepared,
    backups: opened.backups,
    log,
    webRoot: webRoot(),
  });

  return {
    app,
    scheduler,
    start: async () => {
      const waiting = { prepare, clock, log, signal: stopped.signal };
      const reason = await triedOnce(waiting);
      if (reason === null) await run();
      else
        started = untilReady(waiting, reason)
          .then((isReady) => (isReady ? run() : undefined))
          .catch(onUnstartable);
      return listen(app, config.listen);
    },
    stop: async () => {
      const shuttingDown = new EngineError("SHUTTING_DOWN", "The service is shutting down.");
      const timer = setTimeout(() => aborted.abort(shuttingDown), GRACE_MS);
      stopped.abort();
      await started;
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
