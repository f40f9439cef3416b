import type { AlertStore } from "../alert-store.ts";
import { StoreError } from "../store-error.ts";
import { readState, writeState } from "./service-state.ts";

/** Who runs the alerts of a store. */
export interface Lease {
  readonly owner: string;
  /** Grows with each renewal: an owner whose lease does not grow is dead, paused, or away from the store. */
  readonly renewals: number;
}

const ID = "lease";

/**
 * Takes or renews the right to run alerts. It keeps instances from doing the same work twice; that nothing is decided twice is the ledger's
 * doing. Renew it well before others take it for lapsed.
 *
 * @param options.lapsed - A lease that its owner has not renewed for too long, by one's own clock: clocks of machines are never
 *   compared. Default: none.
 * @returns the lease in force: one's own, or that of another owner.
 */
export const acquireLease = async (
  store: AlertStore,
  { owner, lapsed = null }: { readonly owner: string; readonly lapsed?: Lease | null },
): Promise<Lease> => {
  const current = await readState(store, ID);
  const held = leaseOf(current?.source);
  const isLapsed = held?.owner === lapsed?.owner && held?.renewals === lapsed?.renewals;
  if (held !== null && held.owner !== owner && !isLapsed) return held;
  const lease = { owner, renewals: renewalsOf(current?.source) + 1 };
  try {
    await writeState(store, ID, { type: "lease", ...lease }, current);
    return lease;
  } catch (cause) {
    const winner = cause instanceof StoreError && cause.code === "STORE_CONFLICT" ? await readState(store, ID) : null;
    const other = leaseOf(winner?.source);
    if (other === null) throw cause;
    return other;
  }
};

type Source = Readonly<Record<string, unknown>> | undefined;

const renewalsOf = (source: Source): number => (typeof source?.renewals === "number" ? source.renewals : 0);

const leaseOf = (source: Source): Lease | null =>
  typeof source?.owner === "string" ? { owner: source.owner, renewals: renewalsOf(source) } : null;

/** Gives the right back; one that belongs to somebody else is left alone. */
export const releaseLease = async (store: AlertStore, owner: string): Promise<void> => {
  const current = await readState(store, ID);
  if (leaseOf(current?.source)?.owner !== owner) return;
  await writeState(store, ID, { type: "lease", owner: null, renewals: renewalsOf(current?.source) + 1 }, current);
};
