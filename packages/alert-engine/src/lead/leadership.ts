import { acquireLease, type AlertStore, type Lease, releaseLease } from "@mozdef/alert-store";
import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { EngineObserver } from "../engine-observer.ts";

/** Whether this instance runs the alerts: of several on one cluster, one does. */
export interface Leadership {
  /** Takes or renews the right. @throws {StoreError} when the store does not answer. */
  hold(): Promise<boolean>;
  release(): Promise<void>;
}

/** For an embedded store, which only one process can open. */
export const soleLeadership: Leadership = {
  hold: () => Promise.resolve(true),
  release: () => Promise.resolve(),
};

/**
 * A leader that has not renewed its lease for so long is taken for dead. Short, so that another one takes over within ten seconds; should
 * it only have been slow, two run the alerts for a while, and the ledger has each slot decided once.
 */
const LAPSES_MS = 7_500;

const RENEWAL_MS = LAPSES_MS / 3;

export const sharedLeadership = (store: AlertStore, clock: Clock, observer: EngineObserver = {}): Leadership => {
  const owner = `${store.hostname}/${randomUUID()}`;
  let renewedAt = Number.NEGATIVE_INFINITY;
  let standingBy: string | null = null;
  let seen: { readonly lease: Lease; readonly since: number } | null = null;
  return {
    hold: async () => {
      const asked = clock.elapsedMs();
      if (asked - renewedAt < RENEWAL_MS) return true;
      renewedAt = Number.NEGATIVE_INFINITY;
      const lapsed = seen !== null && asked - seen.since > LAPSES_MS ? seen.lease : null;
      const lease = await acquireLease(store, { owner, lapsed });
      if (lease.owner === owner) {
        renewedAt = asked;
        standingBy = null;
        seen = null;
        return true;
      }
      if (seen === null || !isSame(seen.lease, lease)) seen = { lease, since: asked };
      if (standingBy !== lease.owner) observer.onStandby?.(lease.owner);
      standingBy = lease.owner;
      return false;
    },
    release: () => releaseLease(store, owner),
  };
};

const isSame = (a: Lease, b: Lease): boolean => a.owner === b.owner && a.renewals === b.renewals;
