import { acquireLease, type AlertStore, type Lease, releaseLease } from "@mozdef/alert-store";
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
  let silent: { readonly lease: Lease; readonly since: number } | null = null;
  return {
    hold: async (now) => {
      const untilRenewal = renewAt - now.getTime();
      // More than a third is not possible unless the clock was set back.
      if (untilRenewal > 0 && untilRenewal <= TTL_MS / 3) return true;
      const lapsed = silent !== null && now.getTime() - silent.since > TTL_MS ? silent.lease : null;
      const lease = await acquireLease(store, { owner, ttlMs: TTL_MS, now, lapsed });
      if (lease.owner === owner) {
        renewAt = now.getTime() + TTL_MS / 3;
        other = null;
        silent = null;
        return true;
      }
      if (silent === null || !isSame(silent.lease, lease) || silent.since > now.getTime())
        silent = { lease, since: now.getTime() };
      if (other !== lease.owner) observer.onStandby?.(lease.owner);
      other = lease.owner;
      return false;
    },
    release: () => releaseLease(store, owner),
  };
};

const isSame = (a: Lease, b: Lease): boolean => a.owner === b.owner && a.expires.getTime() === b.expires.getTime();
