import { visible, visibleLines } from "@mozdef/query/tools";
import { countOf } from "../count-of.ts";
import type { Comparison } from "./compare.ts";
import type { Replay } from "./replay.ts";
import type { ReplayedAlert } from "./replayed-alert.ts";

/** What one pack has done in a backtest. */
export interface PackBacktest extends Replay {
  readonly pack: string;
  /** Every alert that was run, also those that stayed silent. */
  readonly names: readonly string[];
  /** Alerts that were not run, since the pack has switched them off. */
  readonly disabled: readonly string[];
  /** ISO 8601; null when no alert was run. */
  readonly from: string | null;
  readonly to: string | null;
  readonly events: number;
  readonly ms: number;
  /** Null without `--against`. */
  readonly comparison: (Comparison & { readonly against: string }) | null;
}

/** Alerts of one name on one day. */
export interface DayCount {
  readonly day: string;
  readonly name: string;
  readonly count: number;
}

/** Alerts a day and name, in order. */
export const countDays = (alerts: readonly ReplayedAlert[]): readonly DayCount[] => {
  const counts = new Map<string, DayCount>();
  for (const { slot, name } of alerts) {
    const day = slot.slice(0, 10);
    const key = `${day}/${name}`;
    counts.set(key, { day, name, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => (`${a.day}/${a.name}` < `${b.day}/${b.name}` ? -1 : 1));
};

const MOST_GROUPS = 10;
const MOST_ERRORS = 5;

/** The report for people. */
export const printBacktest = (result: PackBacktest): string =>
  [
    headLine(result),
    ...disabledLines(result),
    ...refusedLines(result),
    ...dayLines(result),
    ...groupLines(result.alerts),
    ...errorLines(result.errors),
    ...(result.comparison === null ? [] : comparisonLines(result.comparison)),
  ].join("\n");

const headLine = ({ pack, from, to, events, slots, names, ms }: PackBacktest): string =>
  from === null || to === null
    ? `${pack}: no alert was run`
    : `${pack}: ${from} to ${to}, ${countOf(events, "event")}, ${countOf(slots, "slot")}, ${countOf(names.length, "alert")} (${(ms / 1_000).toFixed(1)} s)`;

const disabledLines = ({ disabled }: PackBacktest): readonly string[] =>
  disabled.length === 0
    ? []
    : [
        `  left out, since the pack disables them: ${disabled.join(", ")} (run them with --include-disabled, or by name)`,
      ];

/** Silence that has another reason than the alert. */
const refusedLines = ({ refused: { count, reason } }: PackBacktest): readonly string[] =>
  count === 0 ? [] : [`  ${countOf(count, "event")} left out: ${reason ?? "unknown"}`];

const dayLines = ({ alerts, names }: PackBacktest): readonly string[] => {
  if (names.length === 0) return [];
  const days = countDays(alerts);
  const silent = names.filter((name) => !days.some((one) => one.name.split(":")[0] === name));
  return [
    ...(days.length === 0 ? ["  no alert"] : ["  alerts a day"]),
    ...days.map(({ day, name, count }) => `    ${day}  ${String(count).padStart(6)}  ${name}`),
    ...(days.length > 0 && silent.length > 0 ? [`    silent: ${silent.join(", ")}`] : []),
  ];
};

const groupLines = (alerts: readonly ReplayedAlert[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { name, group } of alerts) counts.set(`${name}  ${group}`, (counts.get(`${name}  ${group}`) ?? 0) + 1);
  const loudest = [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)).slice(0, MOST_GROUPS);
  return loudest.length === 0
    ? []
    : [
        "  noisiest groups",
        ...loudest.map(([group, count]) => `    ${String(count).padStart(6)}  ${visible(group.slice(0, 160))}`),
      ];
};

const errorLines = (errors: Replay["errors"]): readonly string[] =>
  errors.length === 0
    ? []
    : [
        `  ${countOf(errors.length, "run")} failed`,
        ...errors
          .slice(0, MOST_ERRORS)
          .map(
            ({ name, slot, message }) => `    ${slot}  ${name}: ${visibleLines(message).replaceAll("\n", "\n      ")}`,
          ),
      ];

const comparisonLines = ({
  against,
  added,
  removed,
  changed,
}: NonNullable<PackBacktest["comparison"]>): readonly string[] => [
  `  against ${against}: ${added.length} added, ${removed.length} removed, ${changed.length} changed`,
  ...added.map((alert) => `    + ${line(alert)}`),
  ...removed.map((alert) => `    - ${line(alert)}`),
  ...changed.flatMap(({ before, after, keys }) => [
    `    ~ ${line(after)}`,
    ...keys.map((key) => `        ${key}: ${short(before.content[key])} -> ${short(after.content[key])}`),
  ]),
];

const line = ({ slot, name, content }: ReplayedAlert): string => `${slot}  ${name}  ${short(content.summary)}`;

const LONGEST = 120;

const short = (value: unknown): string => {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return visible(text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text);
};
