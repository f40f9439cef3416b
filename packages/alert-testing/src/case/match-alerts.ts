import type { AlertDocument, Hit } from "@mozdef/alert";
import type { ExpectedAlert } from "../suite/suite.ts";
import { type Difference, differences } from "./differences.ts";

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
  const table = expected.map((one) => alerts.map((alert) => differences(one, alert._source)));
  const chosen = equalPairs(table, alerts.length);
  closestPairs(table, chosen);
  const taken = new Set(chosen);
  return {
    pairs: expected.flatMap((one, row) => {
      const alert = alerts[chosen[row] ?? -1];
      return alert === undefined ? [] : [{ expected: one, alert, differences: table[row]?.[chosen[row] ?? -1] ?? [] }];
    }),
    missing: expected.filter((_, row) => chosen[row] === undefined),
    surplus: alerts.filter((_, column) => !taken.has(column)),
  };
};

type Table = readonly (readonly (readonly Difference[])[])[];

/** Augmenting paths: an expectation that fits several alerts gives way to one that fits only a single one. */
const equalPairs = (table: Table, columns: number): (number | undefined)[] => {
  const rowOf = new Array<number | undefined>(columns).fill(undefined);
  const place = (row: number, tried: Set<number>): boolean =>
    Array.from({ length: columns }, (_, column) => column).some((column) => {
      if (tried.has(column) || table[row]?.[column]?.length !== 0) return false;
      tried.add(column);
      const owner = rowOf[column];
      if (owner !== undefined && !place(owner, tried)) return false;
      rowOf[column] = row;
      return true;
    });
  table.forEach((_, row) => place(row, new Set()));
  const chosen = table.map((): number | undefined => undefined);
  rowOf.forEach((row, column) => {
    if (row !== undefined) chosen[row] = column;
  });
  return chosen;
};

const closestPairs = (table: Table, chosen: (number | undefined)[]): void => {
  table.forEach((row, index) => {
    if (chosen[index] !== undefined) return;
    const free = row
      .map((list, column) => ({ column, count: list.length }))
      .filter(({ column }) => !chosen.includes(column));
    chosen[index] = free.sort((a, b) => a.count - b.count)[0]?.column;
  });
};
