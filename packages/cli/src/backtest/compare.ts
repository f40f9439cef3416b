import type { ReplayedAlert } from "./replayed-alert.ts";

/** An alert that another version words, groups or fills differently. */
export interface ChangedAlert {
  readonly before: ReplayedAlert;
  readonly after: ReplayedAlert;
  /** Keys of the alert that differ. */
  readonly keys: readonly string[];
}

/** What another version of the alerts does with the same events. */
export interface Comparison {
  readonly added: readonly ReplayedAlert[];
  readonly removed: readonly ReplayedAlert[];
  readonly changed: readonly ChangedAlert[];
}

/** Alerts are the same when their ids are: one own name, one oldest event, one group. */
export const compareAlerts = (before: readonly ReplayedAlert[], after: readonly ReplayedAlert[]): Comparison => {
  const old = new Map(before.map((alert) => [keyOf(alert), alert]));
  const fresh = new Map(after.map((alert) => [keyOf(alert), alert]));
  return {
    added: after.filter((alert) => !old.has(keyOf(alert))),
    removed: before.filter((alert) => !fresh.has(keyOf(alert))),
    changed: after.flatMap((alert): readonly ChangedAlert[] => {
      const was = old.get(keyOf(alert));
      const keys = was === undefined ? [] : differingKeys(was, alert);
      return was === undefined || keys.length === 0 ? [] : [{ before: was, after: alert, keys }];
    }),
  };
};

const keyOf = ({ name, id }: ReplayedAlert): string => `${name}/${id}`;

const differingKeys = ({ content: was }: ReplayedAlert, { content: is }: ReplayedAlert): readonly string[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]))
    .sort();
