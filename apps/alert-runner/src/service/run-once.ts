import {
  type AlertRegistry,
  createOutbox,
  inProcessHost,
  recordOf,
  runHosted,
  type RunResult,
  systemClock,
  taskRefOf,
  tasksByName,
} from "@mozdef/alert-engine";
import { refreshEvents, setUpStore } from "@mozdef/alert-store";
import type { FastifyBaseLogger } from "fastify";
import type { LoadedConfig } from "../config/load-config.ts";
import type { OpenedStore } from "../store/opened-store.ts";
import { guardedFetch } from "../host/guarded-fetch.ts";
import { alertServices } from "../host/alert-services.ts";
import { logObserver } from "./log-observer.ts";

export interface RunOnceOptions {
  readonly config: LoadedConfig["config"];
  readonly registry: AlertRegistry;
  readonly opened: OpenedStore;
  readonly log: FastifyBaseLogger;
  /** The time to run at. Default: now. */
  readonly at?: Date | undefined;
  /** Whether nothing is stored, set up or changed: results hold the alerts as they would be stored. Default false. */
  readonly isDry?: boolean;
}

/** Runs every enabled alert once, and sends what came of it. */
export const runOnce = async ({
  config,
  registry,
  opened,
  log,
  at,
  isDry = false,
}: RunOnceOptions): Promise<readonly RunResult[]> => {
  const { store } = opened;
  const now = systemClock.now();
  if (!isDry) await setUpStore(store, now, { fields: registry.fields, indices: registry.indices });
  if (!isDry) await refreshEvents(store);
  const slot = at ?? now;
  const services = alertServices(log);
  const { sources, plugins, actions, outbound } = config;
  const ofAlerts = { ...services, fetch: guardedFetch(outbound) };
  const results = await runHosted(
    store,
    inProcessHost({ store, services: ofAlerts, sources, tasks: tasksByName(registry) }),
    registry.alerts.filter(({ enabled }) => enabled).map(taskRefOf),
    {
      ...services,
      sources,
      plugins,
      actions,
      now: slot,
      dryRun: isDry,
      timeoutMs: config.limits.runMs,
      mostAlerts: config.limits.runAlerts,
      record: (done) => recordOf(done, true),
    },
  );
  // What cannot be sent now stays queued, for the next run or the service.
  const observer = logObserver(log);
  if (!isDry)
    await createOutbox({ store, clock: systemClock, actions, services, observer })
      .drain()
      .catch((error: unknown) => observer.onOutboxFailure?.(error));
  return results;
};

/** What came of it, one line an alert. */
export const onceReport = (results: readonly RunResult[]): string =>
  results
    .flatMap(({ task, health, hits, alerts, errors, warnings }) => [
      `${health === "ok" ? "ok   " : "ERROR"} ${task}: ${hits} events matched, ${alerts.length} alerts`,
      ...alerts.map(({ _source }) => `        ${_source.severity} ${_source.summary}`),
      ...[...errors, ...warnings].map(({ code, message }) => `        ${code}: ${message}`),
    ])
    .join("\n");
