import { acquireLease, type AlertStore, releaseLease } from "@mozdef/alert-store";
import { randomUUID } from "node:crypto";
import type { EngineObserver } from "../engine-observer.ts";

/** Whether this instance may run alerts: of several on one cluster, one does. */
export interface Leadership {
  /** Takes or renews the right. @throws {StoreError} when the store does not answer. */
  hold(now: Date): Promise<boolean>;
  release(): Promise<void>;
}

/** For an embedded store, which only one process can open. */
export const soleLeadership: Leadership = {
  hold: () => Promise.resolve(true),
  release: () => Promise.resolve(),
};

/** Longer than the longest pause between two renewals, short enough that a standby soon takes over from a dead one. */
const TTL_MS = 30_000;

export const sharedLeadership = (store: AlertStore, observer: EngineObserver = {}): Leadership => {
  const owner = `${store.hostname}/${randomUUID()}`;
  let renewAt = 0;
  let other: string | null = null;
  return {
    hold: async (now) => {
      if (now.getTime() < renewAt) return true;
      const lease = await acquireLease(store, { owner, ttlMs: TTL_MS, now });
      if (lease.owner === owner) {
        renewAt = now.getTime() + TTL_MS / 3;
        other = null;
        return true;
      }
      if (other !== lease.owner) observer.onStandby?.(lease.owner);
      other = lease.owner;
      return false;
    },
    release: () => releaseLease(store, owner),
  };
};
