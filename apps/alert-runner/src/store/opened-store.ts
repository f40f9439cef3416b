import type { AlertStore } from "@mozdef/alert-store";

/** A store that is open, and how to close it. */
export interface OpenedStore {
  readonly store: AlertStore;
  readonly kind: "cluster" | "embedded";
  /** Where the data is, for the log; never with credentials. */
  readonly where: string;
  readonly close: () => Promise<void>;
}
