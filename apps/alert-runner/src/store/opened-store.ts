import type { EventRoom } from "@mozdef/alert-engine";
import type { AlertStore } from "@mozdef/alert-store";
import type { Backups } from "../backups/backups.ts";

/** What an embedded store has in memory, in bytes. */
export interface StoreRoom {
  /** All of it. */
  readonly bytes: number;
  /** Of that, what is kept of what was read from disk. */
  readonly cacheBytes: number;
  readonly events: EventRoom;
  /** Why nothing can be written at present; null when it can. */
  readonly refusal: string | null;
}

/** A store that is open, and how to close it. */
export interface OpenedStore {
  readonly store: AlertStore;
  readonly kind: "cluster" | "embedded";
  /** Where the data is, for the log; never with credentials. */
  readonly where: string;
  /**
   * What events take of memory and may take, what everything takes, and why nothing can be written at all. Left out where the store does not
   * say.
   */
  readonly room?: () => StoreRoom;
  /** For how long it has answered nothing although it was asked, in milliseconds. Left out where the store is in this process. */
  readonly silentMs?: () => number;
  /** Of an embedded store on disk. */
  readonly backups?: Backups;
  readonly close: () => Promise<void>;
}
