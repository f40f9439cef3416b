import type { AlertError, AlertMessage } from "@mozdef/alert/runtime";
import type { RunWarning } from "../host/alert-host.ts";
import type { SlotEntry, StoreError } from "@mozdef/alert-store";

/** What became of one run of one alert. */
export interface RunResult {
  /** The name of the alert. */
  readonly task: string;
  readonly slot: Date;
  readonly health: "ok" | "error";
  /** The first of {@link errors}; null when there is none. */
  readonly error: AlertError | StoreError | null;
  /** What failed: `main`, a search, single events or groups, plugins, or storing. The rest went on. */
  readonly errors: readonly (AlertError | StoreError)[];
  /** What may make the alert blind and is not a failure: no index where it looks, a search that left events out. */
  readonly warnings: readonly RunWarning[];
  /** Events that the searches matched, those of groups below the threshold among them. */
  readonly hits: number;
  /** Alerts as stored. */
  readonly alerts: readonly AlertMessage[];
  /** Time of its `main`, its hooks and the plugins, and of the searches that all alerts of the batch share. */
  readonly durationMs: number;
  /** Of that, what the alert's own code and the plugins took: the searches of a batch are answered together. */
  readonly codeMs: number;
  /** What another instance had decided about the slot before: then that counts, and nothing of this run was stored. */
  readonly before?: SlotEntry;
}
