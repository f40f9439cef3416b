import type { AlertMessage } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import type { Covers } from "../commit/covers.ts";
import { coversOfAlert } from "./apply.ts";
import { readPieces, searchEntries } from "./read-entries.ts";

/** What was decided so far. */
export interface DecidedAlerts {
  /** Those that are stored, as they were made. */
  readonly alerts: readonly AlertMessage[];
  /** What they cover, and what those cover that are not stored. */
  readonly covering: readonly Covers[];
}

/**
 * The alerts that were decided, oldest slot first: for tests, which look at what their alerts have come to.
 *
 * @param size - Decisions that are looked at.
 * @throws {StoreError}
 */
export const decidedAlerts = async (store: AlertStore, size: number): Promise<DecidedAlerts> => {
  const alerts: AlertMessage[] = [];
  const covering: Covers[] = [];
  for (const stored of await searchEntries(store, [], size)) {
    const missing = new Set(stored.entry.unstored);
    for (const piece of await readPieces(store, stored)) {
      if (piece.kind === "covers" && !missing.has(piece.alert?._id ?? "")) covering.push(piece);
      if (piece.kind !== "alert" || missing.has(piece.alert._id)) continue;
      alerts.push(piece.alert);
      covering.push(coversOfAlert(piece));
    }
  }
  return { alerts, covering };
};
