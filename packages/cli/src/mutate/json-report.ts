import type { MutationReport } from "@mozdef/alert-testing";
import { countOf } from "../count-of.ts";

/** What `--json` prints. */
export interface JsonReport {
  readonly alerts: readonly MutationReport[];
  /** Alerts without a suite. */
  readonly untested: readonly string[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
  /** Alerts that were not mutated, since their own cases fail; packs that cannot be loaded, and test files that cannot be imported. */
  readonly failed: readonly Failure[];
}

export interface Failure {
  /** The class name; null for a pack or a file, whose alerts are not known. */
  readonly alert: string | null;
  readonly message: string;
}

export const summaryOf = ({ alerts, untested, failed }: JsonReport): string => {
  const mutants = alerts.flatMap((report) => report.mutants);
  const survivors = mutants.filter(({ outcome }) => outcome === "survived").length;
  const seconds = alerts.reduce((sum, { ms }) => sum + ms, 0) / 1_000;
  const without = untested.length === 0 ? "" : `, ${countOf(untested.length, "alert")} without a suite`;
  const broken = failed.length === 0 ? "" : `, ${failed.length} not mutated`;
  return `${countOf(alerts.length, "alert")}, ${countOf(mutants.length, "mutant")}, ${survivors} survived${without}${broken} (${seconds.toFixed(1)} s)`;
};

/** With `--break 0`, survivors are only reported. */
export const isGood = ({ alerts, untested }: JsonReport, least: number): boolean =>
  alerts.every(({ score, stale }) => score >= least && (least === 0 || stale.length === 0)) &&
  (least === 0 || untested.length === 0);
