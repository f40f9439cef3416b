import type { AlertStore } from "../alert-store.ts";
import { StoreError } from "../store-error.ts";
import { readState, writeState } from "./service-state.ts";

/** Who may run alerts against a store, and until when. */
export interface Lease {
  readonly owner: string;
  readonly expires: Date;
}

const ID = "lease";

/**
 * Takes or renews the right to run alerts, so that two services on one cluster do not both do it. Renew well before `ttlMs`.
 *
 * @param options.lapsed - A lease that its owner has not renewed in time by one's own clock. It counts for nothing, however far in
 * the future it ends: its owner's clock may have been ahead. Default: none.
 * @returns the lease in force: one's own, or that of another owner that has not expired.
 */
export const acquireLease = async (
  store: AlertStore,
  {
    owner,
    ttlMs,
    now,
    lapsed = null,
  }: { readonly owner: string; readonly ttlMs: number; readonly now: Date; readonly lapsed?: Lease | null },
): Promise<Lease> => {
  const current = await readState(store, ID);
  const held = leaseOf(current?.source);
  const isLapsed = held?.owner === lapsed?.owner && held?.expires.getTime() === lapsed?.expires.getTime();
  if (held !== null && held.owner !== owner && held.expires > now && !isLapsed) return held;
  const expires = new Date(now.getTime() + ttlMs);
  try {
    await writeState(store, ID, { type: "lease", owner, expires: expires.toISOString() }, current);
    return { owner, expires };
  } catch (cause) {
    const winner = cause instanceof StoreError && cause.code === "STORE_CONFLICT" ? await readState(store, ID) : null;
    const lease = leaseOf(winner?.source);
    if (lease === null) throw cause;
    return lease;
  }
};

const leaseOf = (source: Readonly<Record<string, unknown>> | undefined): Lease | null =>
  typeof source?.owner === "string" && typeof source.expires === "string"
    ? { owner: source.owner, expires: new Date(source.expires) }
    : null;

/** Gives the right back; one that belongs to somebody else is left alone. */
export const releaseLease = async (store: AlertStore, owner: string): Promise<void> => {
  const current = await readState(store, ID);
  if (leaseOf(current?.source)?.owner !== owner) return;
  await writeState(store, ID, { type: "lease", owner, expires: new Date(0).toISOString() }, current);
};
