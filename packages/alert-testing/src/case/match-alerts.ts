import type { Hit } from "@mozdef/alert";
import type { AlertDocument } from "@mozdef/alert/runtime";
import type { ExpectedAlert } from "../suite/expected.ts";
import { type Difference, differences, distance, isAsExpected } from "../compare/differences.ts";
import { pairRows } from "./pair-rows.ts";

/** An expected alert and the one that was taken for it. */
export interface Pair {
  readonly expected: ExpectedAlert;
  readonly alert: Hit<AlertDocument>;
  readonly differences: readonly Difference[];
}

export interface Matching {
  /** Equal pairs first found, then the closest of the rest. */
  readonly pairs: readonly Pair[];
  readonly missing: readonly ExpectedAlert[];
  readonly surplus: readonly Hit<AlertDocument>[];
}

/** Pairs expected alerts with those that fired, in whatever order: as many equal pairs as possible, the rest by closeness. */
export const matchAlerts = (expected: readonly ExpectedAlert[], alerts: readonly Hit<AlertDocument>[]): Matching => {
  const equal = expected.map((one) => positionsOf(alerts, one));
  const chosen = withClosest(pairRows(equal, alerts.length), expected, alerts);
  const taken = new Set(chosen);
  return {
    pairs: expected.flatMap((one, row) => {
      const alert = alerts[chosen[row] ?? -1];
      return alert === undefined ? [] : [{ expected: one, alert, differences: differences(one, alert._source) }];
    }),
    missing: expected.filter((_, row) => chosen[row] === undefined),
    surplus: alerts.filter((_, position) => !taken.has(position)),
  };
};

/** The positions of the alerts that an expectation fits. */
const positionsOf = (alerts: readonly Hit<AlertDocument>[], expected: ExpectedAlert): readonly number[] =>
  alerts.flatMap(({ _source }, position) => (isAsExpected(expected, _source) ? [position] : []));

/** Gives every expectation that was not paired the alert that differs least of those that are left. */
const withClosest = (
  paired: readonly (number | undefined)[],
  expected: readonly ExpectedAlert[],
  alerts: readonly Hit<AlertDocument>[],
): readonly (number | undefined)[] => {
  const taken = new Set(paired);
  const free = new Set([...alerts.keys()].filter((position) => !taken.has(position)));
  return expected.map((one, row) => {
    const position = paired[row] ?? closest(one, alerts, free);
    if (position !== undefined) free.delete(position);
    return position;
  });
};

const closest = (
  expected: ExpectedAlert,
  alerts: readonly Hit<AlertDocument>[],
  free: ReadonlySet<number>,
): number | undefined => {
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const position of free) {
    const count = distance(expected, alerts[position]?._source);
    if (count >= least) continue;
    best = position;
    least = count;
  }
  return best;
};
