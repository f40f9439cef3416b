import type { AlertTask } from "@mozdef/alert";
import { fieldsOfPacks, type PackIndices, ruleSetsOf } from "@mozdef/alert/runtime";
import type { FieldKinds } from "@mozdef/query";
import { failureOf, type LoadedPack, type LoadFailure } from "./load-failure.ts";
import { LiveRuleSet } from "./live-rule-set.ts";
import { packIndices } from "./pack-indices.ts";
import { switchOffReplaced } from "./switch-off-replaced.ts";
import { duplicate, registerAlert, type RegisteredAlert, type SettingsByName, settingsOf } from "./registered-alert.ts";

/** The alerts and rules that a service runs. What it holds changes when rules are read again. */
export interface AlertRegistry {
  /** In order of their names. */
  readonly alerts: readonly RegisteredAlert[];
  readonly failures: readonly LoadFailure[];
  /** Fields that the packs declare. */
  readonly fields: FieldKinds;
  /** Indices that the packs keep documents in. */
  readonly indices: PackIndices;
  /** Whether there are rules that may change. */
  readonly hasRules: boolean;
  /**
   * Reads all rules again. Rules that cannot be read, or are wrong by now, stay as they were last and are among `failures`.
   *
   * @returns whether `alerts` or `failures` have changed.
   */
  reload(): Promise<boolean>;
}

/**
 * The alerts and rules of all packs with their settings. One that cannot be made (wrong configuration, a name taken by another
 * pack) is a failure by itself; so is a setting that names an unknown alert. An alert that stands for rules gives way to them
 * while it is switched on. An alert that another one replaces is off, unless its settings say that it is on.
 *
 * @param failed - What could not even be loaded. Default: nothing.
 */
export const createRegistry = async (
  packs: readonly LoadedPack[],
  settings: SettingsByName,
  failed: readonly LoadFailure[] = [],
): Promise<AlertRegistry> => {
  const sets = packs.flatMap(({ source, pack }) =>
    ruleSetsOf(pack, source).map(
      (set) => new LiveRuleSet(source, set, { settings, indices: Object.keys(pack.indices) }),
    ),
  );
  const read = sets.filter(({ isEnabled }) => isEnabled);
  const { fields, conflicts } = fieldsOfPacks(packs);
  const { indices, failures: wrongIndices } = packIndices(packs);
  const ofPacks = [...failed, ...conflicts.map(({ source, error }) => failureOf(source, error)), ...wrongIndices];
  const classes = registerClasses(packs, settings, new Set(read.map(({ set }) => set.entry)));

  const combine = () => {
    const alerts = new Map(classes.alerts);
    const failures = [...ofPacks, ...classes.failures];
    for (const { source, alerts: rules, failures: wrong } of read) {
      failures.push(...wrong);
      for (const rule of rules) {
        const taken = alerts.get(rule.name);
        if (taken === undefined) alerts.set(rule.name, rule);
        else failures.push(failureOf(`${source}: ${rule.name}`, duplicate(rule.name, taken.source, source)));
      }
    }
    failures.push(...unusedSettings([...classes.names, ...alerts.keys()], sets, settings));
    const sorted = [...alerts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return { alerts: switchOffReplaced(sorted, settings), failures };
  };

  await Promise.all(read.map((set) => set.read()));
  let current = combine();
  return {
    get alerts() {
      return current.alerts;
    },
    get failures() {
      return current.failures;
    },
    fields,
    indices,
    hasRules: read.some(({ set }) => typeof set.rules === "function"),
    reload: async () => {
      await Promise.all(read.map((set) => set.read()));
      const before = current;
      current = combine();
      return !isSame(before, current);
    },
  };
};

type Combined = Pick<AlertRegistry, "alerts" | "failures">;

/** A rule that has not changed is the same object as before. */
const isSame = (a: Combined, b: Combined): boolean =>
  a.alerts.length === b.alerts.length &&
  a.alerts.every((alert, index) => alert === b.alerts[index]) &&
  JSON.stringify(a.failures) === JSON.stringify(b.failures);

/** @param replaced - Entries whose rules are run in their place. */
const registerClasses = (packs: readonly LoadedPack[], settings: SettingsByName, replaced: ReadonlySet<unknown>) => {
  const alerts = new Map<string, RegisteredAlert>();
  const names: string[] = [];
  const failures: LoadFailure[] = [];
  for (const { source, pack } of packs) {
    const indices = Object.keys(pack.indices);
    for (const [name, entry] of Object.entries(pack.alerts)) {
      names.push(name);
      if (replaced.has(entry)) continue;
      try {
        const taken = alerts.get(name);
        if (taken !== undefined) throw duplicate(name, taken.source, source);
        alerts.set(name, registerAlert(name, source, entry, { settings: settingsOf(settings, name), indices }));
      } catch (error) {
        failures.push(failureOf(`${source}: ${name}`, error));
      }
    }
  }
  return { alerts, names, failures };
};

const unusedSettings = (
  names: readonly string[],
  sets: readonly LiveRuleSet[],
  settings: SettingsByName,
): LoadFailure[] => {
  const known = new Set([...names, ...sets.map(({ set }) => set.name)]);
  // Nobody knows the rules of a set that is switched off or cannot be read; those of an alert begin with its name.
  const unread = sets.filter(({ isRead }) => !isRead).map(({ set }) => `${set.name}:`);
  return Object.keys(settings)
    .filter((name) => !known.has(name) && !unread.some((start) => name.startsWith(start)))
    .map((name) => ({
      source: `alerts.${name}`,
      code: "CONFIG_INVALID",
      message: `The configuration has settings for ${name}, but no pack has an alert of that name.`,
    }));
};

/** The code of the alerts by their names, for a host: of those that the registry holds when it is asked. */
export const tasksByName = (
  registry: Pick<AlertRegistry, "alerts">,
): Pick<ReadonlyMap<string, AlertTask<unknown>>, "get"> => {
  let alerts: readonly RegisteredAlert[] = [];
  let tasks: ReadonlyMap<string, AlertTask<unknown>> = new Map();
  return {
    get: (name) => {
      if (registry.alerts !== alerts) {
        alerts = registry.alerts;
        tasks = new Map(alerts.map((alert) => [alert.name, alert.task]));
      }
      return tasks.get(name);
    },
  };
};
