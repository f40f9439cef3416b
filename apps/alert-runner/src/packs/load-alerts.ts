import type { EventParser } from "@mozdef/alert";
import { type AlertRegistry, createRegistry, failureOf } from "@mozdef/alert-engine";
import { PARSER_NAMES } from "@mozdef/event-intake";
import type { FastifyBaseLogger } from "fastify";
import { describeSchedule, parsersOfPacks } from "@mozdef/alert/runtime";
import type { LoadedConfig } from "../config/load-config.ts";
import { BUNDLED_PACKS } from "../manifest.ts";
import { loadPacks } from "./load-packs.ts";

/** What the packs of a service give it. */
export interface LoadedAlerts {
  readonly registry: AlertRegistry;
  readonly parsers: readonly EventParser[];
  /** Versions of the packs by their names. */
  readonly packVersions: Readonly<Record<string, string>>;
}

/**
 * Loads the packs of the configuration, or all that came with the service, and makes their alerts.
 *
 * @param isWanted - See `loadPacks`.
 */
export const loadAlerts = async (
  { config, folder }: Pick<LoadedConfig, "config" | "folder">,
  isWanted?: (source: string) => boolean,
): Promise<LoadedAlerts> => {
  const { packs, failures, versions } = await loadPacks(config.packs ?? BUNDLED_PACKS, folder, isWanted);
  const { parsers, conflicts } = parsersOfPacks(packs, PARSER_NAMES);
  const taken = conflicts.map(({ source, error }) => failureOf(source, error));
  const registry = await createRegistry(packs, config.alerts, [...failures, ...taken]);
  return { registry, parsers, packVersions: versions };
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
  for (const { message, ...failure } of failures) log.error(failure, `not loaded: ${message}`);
  if (alerts.length === 0) log.warn("no alert is loaded: events are stored, but nothing looks at them");
};
