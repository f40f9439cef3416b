import { compareAlerts } from "../backtest/compare.ts";
import type { ReplayedAlert } from "../backtest/replayed-alert.ts";
import type { ReplayResult } from "../backtest/run-job.ts";
import { countOf } from "../count-of.ts";
import { shown } from "../intake/explain-intake.ts";

const MOST_SHOWN = 3;

/** The alerts of the last day, and what of them is new or gone since the run before. */
export const printReplay = (result: ReplayResult, before: ReplayResult | null, ms: number): string => {
  const { alerts, events, errors, from, to } = result;
  const span = `${minuteOf(from)} to ${minuteOf(to)}`;
  const seconds = `(${(ms / 1_000).toFixed(1)} s)`;
  const count = `${countOf(events, "event")} looked at, ${countOf(alerts.length, "alert")}`;
  return [
    `  replay  ${span}: ${count}${before === null ? "" : changeOf(before, result)} ${seconds}`,
    ...(before === null ? sample("", alerts) : changedLines(before, result)),
    ...errors
      .slice(0, MOST_SHOWN)
      .map(({ name, slot, message }) => `    FAILED ${name} at ${minuteOf(slot)}: ${message}`),
    ...(errors.length > MOST_SHOWN ? [`    and ${errors.length - MOST_SHOWN} more failures`] : []),
  ].join("\n");
};

const minuteOf = (time: string): string => time.slice(0, 16).replace("T", " ");

const changeOf = (before: ReplayResult, now: ReplayResult): string => {
  const { added, removed, changed } = compareAlerts(before.alerts, now.alerts);
  if (added.length + removed.length + changed.length === 0) return ", as before";
  return `; since the edit before ${added.length} added, ${removed.length} removed, ${changed.length} changed`;
};

const changedLines = (before: ReplayResult, now: ReplayResult): readonly string[] => {
  const { added, removed, changed } = compareAlerts(before.alerts, now.alerts);
  return [
    ...sample("+ ", added),
    ...sample("- ", removed),
    ...sample(
      "~ ",
      changed.map(({ after }) => after),
    ),
  ];
};

/** What alerts say comes from whoever wrote the events. */
const sample = (mark: string, alerts: readonly ReplayedAlert[]): readonly string[] => [
  ...alerts
    .slice(0, MOST_SHOWN)
    .map(({ name, slot, content }) => `    ${mark}${minuteOf(slot)} ${name} ${shown(content.summary)}`),
  ...(alerts.length > MOST_SHOWN ? [`    ${mark}and ${alerts.length - MOST_SHOWN} more`] : []),
];
