import type { AlertAbout, AlertTask, Schedule } from "@mozdef/alert";
import {
  aboutOf,
  AlertError,
  type AlertException,
  createTask,
  type PackEntry,
  readException,
} from "@mozdef/alert/runtime";
import type { AlertSettings } from "../engine-settings.ts";
import type { TaskRef } from "../host/alert-host.ts";
import { type ConfigValue, configValues } from "./config-values.ts";

/** An alert or a rule that the service runs. */
export interface RegisteredAlert {
  readonly name: string;
  /** The pack it came from. */
  readonly source: string;
  readonly task: AlertTask<unknown>;
  readonly schedule: Schedule;
  readonly enabled: boolean;
  /** The alert that sees all that this one sees, for which it is off unless the configuration says otherwise; null for none. */
  readonly replacedBy: string | null;
  /** The source of its events as the configuration names it; null for the service's own events. */
  readonly eventSource: string | null;
  /** Events that it does not look at. */
  readonly exceptions: readonly AlertException[];
  /** The indices that its pack declares. */
  readonly indices: readonly string[];
  /** What the alert goes by, and who says so. */
  readonly config: readonly ConfigValue[];
  /** What the configuration of the service says about the alert; the pack says the rest. */
  readonly configured: Readonly<Record<"schedule" | "enabled", boolean>>;
  /** Null when it says nothing about itself. */
  readonly about: AlertAbout | null;
}

/** What an installation says about alerts and rules, by name. */
export type SettingsByName = Readonly<Record<string, AlertSettings>>;

/** Names come from packs, so a table must not answer with what every object has. */
export const settingsOf = (settings: SettingsByName, name: string): AlertSettings =>
  (Object.hasOwn(settings, name) ? settings[name] : undefined) ?? {};

/** @throws {AlertError} `ALERT_CONFIG_INVALID`, `ALERT_EXCEPTION_INVALID`. */
export const registerAlert = (
  name: string,
  source: string,
  entry: PackEntry,
  { settings, indices }: { readonly settings: AlertSettings; readonly indices: readonly string[] },
): RegisteredAlert => {
  const task = createTask(entry.task, settings.config ?? entry.config);
  return {
    name,
    source,
    task,
    schedule: settings.schedule ?? entry.schedule,
    enabled: settings.enabled ?? entry.enabled ?? true,
    replacedBy: null,
    eventSource: settings.source ?? null,
    exceptions: (settings.exceptions ?? []).map(readException),
    indices,
    // What the service says stands in the place of all that the pack says.
    config: configValues(task.config, {
      configuration: settings.config,
      pack: settings.config === undefined ? entry.config : undefined,
    }),
    configured: { schedule: settings.schedule !== undefined, enabled: settings.enabled !== undefined },
    about: aboutOf(entry),
  };
};

/** How the engine names it to a host that has the alerts of the registry. */
export const taskRefOf = ({ name, source: pack, eventSource, exceptions, indices }: RegisteredAlert): TaskRef => ({
  id: name,
  name,
  pack,
  source: eventSource ?? undefined,
  ...(exceptions.length > 0 && { exceptions }),
  indices,
});

export const duplicate = (name: string, first: string, second: string): AlertError =>
  new AlertError(
    "PACK_ALERT_DUPLICATE",
    `There is already an alert ${name}, from ${first}; the one from ${second} is left out. The name is the identity of an alert: rename one of the two, or leave one of the packs out.`,
  );
