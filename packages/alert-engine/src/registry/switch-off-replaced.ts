import { type RegisteredAlert, type SettingsByName, settingsOf } from "./registered-alert.ts";

/** An alert in the place of itself, once for each alert that replaces it: what has not changed stays the same object. */
const switchedOff = new WeakMap<RegisteredAlert, RegisteredAlert>();

/**
 * Switches off the alerts that another one replaces (`about.replaces`): two alerts for one attack are one too many. The alert that
 * replaces them has to run, and the configuration has the last word: `enabled: true` keeps both.
 */
export const switchOffReplaced = (
  alerts: readonly RegisteredAlert[],
  settings: SettingsByName,
): readonly RegisteredAlert[] => {
  const replacedBy = new Map(
    alerts
      .filter(({ enabled }) => enabled)
      .flatMap(({ name, about }) => (about?.replaces ?? []).map((replaced) => [replaced, name] as const)),
  );
  return alerts.map((alert) => {
    const by = replacedBy.get(alert.name);
    const isWanted = settingsOf(settings, alert.name).enabled === true;
    return by === undefined || by === alert.name || isWanted ? alert : without(alert, by);
  });
};

const without = (alert: RegisteredAlert, replacedBy: string): RegisteredAlert => {
  const known = switchedOff.get(alert);
  if (known?.replacedBy === replacedBy) return known;
  const off = { ...alert, enabled: false, replacedBy };
  switchedOff.set(alert, off);
  return off;
};
