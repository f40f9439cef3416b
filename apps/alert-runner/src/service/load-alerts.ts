import { type AlertRegistry, createRegistry } from "@mozdef/alert-engine";
import type { FastifyBaseLogger } from "fastify";
import { describeSchedule } from "@mozdef/alert/runtime";
import type { LoadedConfig } from "../config/load-config.ts";
import { BUNDLED_PACKS } from "../manifest.ts";
import { loadPacks } from "../packs/load-packs.ts";

/** Loads the packs of the configuration, or all that came with the service, and makes their alerts. */
export const loadAlerts = async ({
  config,
  folder,
}: Pick<LoadedConfig, "config" | "folder">): Promise<AlertRegistry> => {
  const { packs, failures } = await loadPacks(config.packs ?? BUNDLED_PACKS, folder);
  return createRegistry(packs, config.alerts, failures);
};

const offNote = (replacedBy: string | null): string =>
  replacedBy === null ? " (off)" : ` (off: ${replacedBy} replaces it)`;

/** Says at the start what will run, pack by pack, and what will not. */
export const logAlerts = (log: FastifyBaseLogger, { alerts, failures }: AlertRegistry): void => {
  for (const pack of new Set(alerts.map(({ source }) => source))) {
    const names = alerts
      .filter(({ source }) => source === pack)
      .map(({ name, enabled, replacedBy }) => name + (enabled ? "" : offNote(replacedBy)));
    log.info(`${pack}: ${names.join(", ")}`);
  }
  for (const { name, source, schedule, enabled } of alerts)
    log.debug({ pack: source, schedule: describeSchedule(schedule), enabled }, `loaded ${name}`);
  for (const { source, code, message } of failures) log.error({ source, code }, `not loaded: ${message}`);
  if (alerts.length === 0) log.warn("no alert is loaded: events are stored, but nothing looks at them");
};
