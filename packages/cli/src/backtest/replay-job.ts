import type { PackFolder } from "../packs/pack-folder.ts";
import type { EventSource } from "./event-source.ts";

/** Which alerts of a pack are gone. */
export interface GoneAlerts {
  /** Names that the other version has. */
  readonly known: readonly string[];
  /** Whether those that this pack has switched off count. */
  readonly includesDisabled: boolean;
}

/** A replay as data, so that another process can do it. */
export interface ReplayJob {
  readonly pack: PackFolder;
  readonly alerts: readonly string[];
  /** Alerts of this pack that another version no longer has are run as well. Null: `alerts` is all. */
  readonly gone: GoneAlerts | null;
  readonly config: unknown;
  readonly source: EventSource;
  /** ISO 8601; null: the time of the first event. */
  readonly from: string | null;
  /** ISO 8601; null: the first slot after the last event. */
  readonly to: string | null;
  /** Where to note how far it has come; null: nowhere. */
  readonly resume: string | null;
}
