import type { RunList } from "@mozdef/alert-api";
import { describeRun } from "../schedules/schedule.ts";
import { formatTime, zonedTime } from "../shared/format-time.ts";

/** A run of the strip, or slots that were never run. */
export interface StripCell {
  readonly key: string;
  readonly kind: "ran" | "alerted" | "failed" | "gap";
  /** All that there is to say about it. */
  readonly text: string;
}

/** The runs and gaps of one alert, oldest first, the newest `most` of them. */
export const stripOf = ({ runs, gaps }: RunList, most: number): readonly StripCell[] =>
  [...runs.map(runCell), ...gaps.map(gapCell)]
    .sort((a, b) => a.at - b.at)
    .slice(-most)
    .map(({ cell }, index) => ({ ...cell, key: `${cell.key} ${index}` }));

interface Placed {
  readonly at: number;
  readonly cell: StripCell;
}

const runCell = (run: RunList["runs"][number]): Placed => {
  const { slot, health, alerts, errors, manual = false } = run;
  const kind = health === "error" ? "failed" : alerts.length > 0 ? "alerted" : "ran";
  const reason = errors[0] === undefined ? "" : `: ${errors[0].message}`;
  const text = `${zonedTime(slot)} ${WORDS[kind]}, ${describeRun(run)}${manual ? ", asked for" : ""}${reason}`;
  return { at: Date.parse(slot), cell: { key: `${slot} ${kind}`, kind, text } };
};

const gapCell = ({ from, to }: RunList["gaps"][number]): Placed => ({
  at: Date.parse(to),
  cell: {
    key: `${to} gap`,
    kind: "gap",
    text: `${WORDS.gap}: the slots after ${formatTime(from)} up to ${zonedTime(to)}`,
  },
});

const WORDS: Readonly<Record<StripCell["kind"], string>> = {
  ran: "ran",
  alerted: "ran and alerted",
  failed: "failed",
  gap: "gap, never run",
};

/** The kinds with their names, for a legend; only those of the strip. */
export const legendOf = (
  cells: readonly StripCell[],
): readonly { readonly kind: StripCell["kind"]; readonly text: string }[] =>
  (Object.keys(WORDS) as readonly StripCell["kind"][])
    .map((kind) => ({ kind, count: cells.filter((cell) => cell.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => ({ kind, text: `${count} ${WORDS[kind]}` }));
