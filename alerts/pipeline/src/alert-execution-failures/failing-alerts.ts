import type { Hit } from "@mozdef/alert";
import { type NotableRun, slotRecord } from "../slot-record.ts";

/** An alert whose runs have failed. */
export interface FailingAlert {
  readonly alert: string;
  /** Slots at which it failed. */
  readonly failures: number;
  /** Of its newest failure. */
  readonly code: string;
  readonly message: string;
}

/** The alerts that failed, those that failed most often first. @param records - Of slots, oldest first. */
export const failingAlerts = (records: readonly Hit[]): readonly FailingAlert[] => {
  const byAlert = new Map<string, NotableRun[]>();
  for (const run of records.flatMap((hit) => slotRecord(hit).notable).filter(({ health }) => health === "error"))
    byAlert.set(run.alert, [...(byAlert.get(run.alert) ?? []), run]);
  return [...byAlert].map(([alert, runs]) => failingAlert(alert, runs)).sort((a, b) => b.failures - a.failures);
};

const failingAlert = (alert: string, runs: readonly NotableRun[]): FailingAlert => {
  const { code = "", message = "" } = runs.at(-1)?.errors[0] ?? {};
  // A run that the store failed on is done again at the same slot.
  return { alert, failures: new Set(runs.map(({ slot }) => slot)).size, code, message };
};
