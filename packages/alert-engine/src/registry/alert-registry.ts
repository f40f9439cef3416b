import type { AlertTask, Schedule } from "@mozdef/alert";
import { AlertError, createTask, fieldsOfPacks, type PackEntry } from "@mozdef/alert/runtime";
import type { FieldKinds } from "@mozdef/query";
import type { AlertSettings } from "../engine-settings.ts";
import { failureOf, type LoadedPack, type LoadFailure } from "./load-failure.ts";

/** An alert that the service runs. */
export interface RegisteredAlert {
  readonly name: string;
  /** The pack it came from. */
  readonly source: string;
  readonly task: AlertTask<unknown>;
  readonly schedule: Schedule;
  readonly enabled: boolean;
}

export interface AlertRegistry {
  /** In order of their names. */
  readonly alerts: readonly RegisteredAlert[];
  /** Fields that the packs declare. */
  readonly fields: FieldKinds;
  readonly failures: readonly LoadFailure[];
}

/**
 * The alerts of all packs with their settings. An alert that cannot be made (wrong configuration, a name taken by another
 * pack) is a failure by itself; so is a setting that names an unknown alert.
 */
export const createRegistry = (
  packs: readonly LoadedPack[],
  settings: Readonly<Record<string, AlertSettings>>,
): AlertRegistry => {
  const alerts = new Map<string, RegisteredAlert>();
  const failures: LoadFailure[] = [];
  for (const { source, pack } of packs)
    for (const [name, entry] of Object.entries(pack.alerts)) {
      try {
        const taken = alerts.get(name);
        if (taken !== undefined) throw duplicate(name, taken.source, source);
        alerts.set(name, register(name, source, entry, Object.hasOwn(settings, name) ? settings[name] : undefined));
      } catch (error) {
        failures.push(failureOf(`${source}: ${name}`, error));
      }
    }
  const { fields, conflicts } = fieldsOfPacks(packs);
  failures.push(...conflicts.map(({ source, error }) => failureOf(source, error)));
  failures.push(...unusedSettings(packs, settings));
  return { fields, alerts: [...alerts.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), failures };
};

const register = (name: string, source: string, entry: PackEntry, settings: AlertSettings = {}): RegisteredAlert => ({
  name,
  source,
  task: createTask(entry.task, settings.config ?? entry.config),
  schedule: settings.schedule ?? entry.schedule,
  enabled: settings.enabled ?? entry.enabled ?? true,
});

const duplicate = (name: string, first: string, second: string): AlertError =>
  new AlertError(
    "PACK_ALERT_DUPLICATE",
    `There is already an alert ${name}, from ${first}; the one from ${second} is left out. The name is the identity of an alert: rename one of the two classes, or leave one of the packs out.`,
  );

const unusedSettings = (
  packs: readonly LoadedPack[],
  settings: Readonly<Record<string, AlertSettings>>,
): LoadFailure[] => {
  const known = new Set(packs.flatMap(({ pack }) => Object.keys(pack.alerts)));
  return Object.keys(settings)
    .filter((name) => !known.has(name))
    .map((name) => ({
      source: `alerts.${name}`,
      code: "CONFIG_INVALID",
      message: `The configuration has settings for ${name}, but no pack has an alert of that name.`,
    }));
};
