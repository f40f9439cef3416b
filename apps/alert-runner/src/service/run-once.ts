import {
  type AlertRegistry,
  createExceptions,
  createOutbox,
  inProcessHost,
  recordOf,
  runHosted,
  type RunResult,
  systemClock,
  taskRefAt,
  tasksByName,
} from "@mozdef/alert-engine";
import { preparePlugins } from "@mozdef/alert/runtime";
import { refreshEvents, setUpStore } from "@mozdef/alert-store";
import { visible, visibleLines } from "@mozdef/query/tools";
import type { FastifyBaseLogger } from "fastify";
import type { LoadedConfig } from "../config/load-config.ts";
import { routingWarnings } from "../config/routing-schema.ts";
import type { OpenedStore } from "../store/opened-store.ts";
import { FOR_PLUGINS, guardedFetch } from "../host/guarded-fetch.ts";
import { alertServices } from "../host/alert-services.ts";
import { messageLinks } from "../links/signed-links.ts";
import { createRouting } from "./create-routing.ts";
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
  const services = alertServices(log, config.outbound);
  const { sources, plugins, actions, outbound } = config;
  const onFailure = (err: unknown): void => log.error({ err }, "cannot tell by what an alert is muted: it is sent");
  for (const warning of routingWarnings(config)) log.warn(warning);
  const { routes, mutes, router } = createRouting({ store, config, onFailure });
  const exceptions = createExceptions(store);
  await exceptions.refresh(now);
  if (!isDry) await mutes.refresh(now);
  const ofAlerts = { ...services, fetch: guardedFetch(outbound) };
  const ofPlugins = { ...services, fetch: guardedFetch({ ...outbound, ...FOR_PLUGINS }) };
  await preparePlugins(plugins, { ...ofPlugins, now });
  if (!isDry) await setUpStore(store, now, { fields: registry.fields, indices: registry.indices });
  if (!isDry) await refreshEvents(store);
  const slot = at ?? now;
  const results = await runHosted(
    store,
    inProcessHost({ store, services: ofAlerts, sources, tasks: tasksByName(registry) }),
    registry.alerts.filter(({ enabled }) => enabled).map((alert) => taskRefAt(alert, slot, exceptions)),
    {
      ...ofPlugins,
      sources,
      plugins,
      router,
      now: slot,
      dryRun: isDry,
      timeoutMs: config.limits.runMs,
      mostAlerts: config.limits.runAlerts,
      record: (done) => recordOf(done, true),
    },
  );
  // What cannot be sent now stays queued, for the next run or the service.
  const observer = logObserver(log);
  const links = messageLinks(store, config.listen);
  if (!isDry)
    await createOutbox({ store, clock: systemClock, actions, routes, mutes, services, observer, links: links?.linksOf })
      .drain()
      .catch((error: unknown) => observer.onOutboxFailure?.(error));
  return results;
};

/** What came of it, one line an alert. */
export const onceReport = (results: readonly RunResult[]): string =>
  results
    .flatMap(({ task, health, hits, alerts, errors, warnings }) => [
      `${health === "ok" ? "ok   " : "ERROR"} ${visible(task)}: ${hits} events matched, ${alerts.length} alerts`,
      ...alerts.map(({ _source }) => `        ${_source.severity} ${visible(_source.summary)}`),
      ...[...errors, ...warnings].map(
        ({ code, message }) => `        ${code}: ${visibleLines(message).replaceAll("\n", "\n          ")}`,
      ),
    ])
    .join("\n");
