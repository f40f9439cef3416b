import type { AlertDocument } from "@mozdef/alert/runtime";
import { closedFields } from "../alerts/changed-fields.ts";
import type { AlertStore } from "../alert-store.ts";
import { bulk, itemError, type Operation } from "../requests/bulk.ts";
import { StoreError, storeError } from "../store-error.ts";

/** An alert whose condition has ended, as a slot has found it. */
export interface Resolution {
  readonly to: { readonly index: string; readonly id: string };
  /** Of the run. */
  readonly slot: Date;
  /** For how long it must not have been found, in milliseconds. */
  readonly afterMs: number;
  /** Names of the targets that are told, of those that have got it. Default: none. */
  readonly targets?: readonly string[];
}

/** What is to be resolved, as it is recorded. */
export interface Resolved {
  readonly to: Resolution["to"];
  /** ISO 8601. */
  readonly slot: string;
  readonly afterms: number;
}

/** Who closes alerts by themselves. */
const SERVICE = "mozdef";

/** Somebody may acknowledge the alert at the same time; each round one of both gets through. */
const MOST_ROUNDS = 10;
const CONFLICT = 409;

const WHAT = "Cannot close an alert whose condition has ended";

/**
 * Closes alerts with the reason `resolved`, unless people were faster, or something was added since. Doing it again changes nothing, also
 * when people have opened the alert again.
 *
 * @returns in the order given: why it could not be done; null when it is, or is not due any more.
 * @throws {StoreError} when the store does not answer.
 */
export const resolveAlerts = async (
  store: AlertStore,
  resolutions: readonly Resolved[],
): Promise<readonly (StoreError | null)[]> => {
  const errors = new Map<Resolved, StoreError>();
  let open = resolutions;
  for (let round = 0; open.length > 0 && round < MOST_ROUNDS; round += 1) {
    const updates = await updatesOf(store, open);
    const operations = updates.map(({ operation }) => operation);
    const items = operations.length === 0 ? [] : await bulk(store, WHAT, operations, { refresh: true });
    open = updates.flatMap(({ resolution }, position) => {
      const item = items[position];
      if (item?.status === CONFLICT) return [resolution];
      const error = itemError(WHAT, item);
      if (error !== null) errors.set(resolution, error);
      return [];
    });
  }
  for (const resolution of open)
    errors.set(resolution, new StoreError("STORE_REFUSED", `${WHAT}: it kept being changed.`));
  return resolutions.map((resolution) => errors.get(resolution) ?? null);
};

interface Update {
  readonly resolution: Resolved;
  readonly operation: Operation;
}

type Read = Pick<AlertDocument, "status" | "lastseen" | "resolveafterms" | "history">;

/** Of alerts that are still to be closed. One that is gone needs nothing. */
const updatesOf = async (
  { client, names }: AlertStore,
  resolutions: readonly Resolved[],
): Promise<readonly Update[]> => {
  try {
    const { docs } = await client.mget<Read>({
      docs: resolutions.map(({ to }) => ({
        _index: names.physical(to.index),
        _id: to.id,
        _source: ["status", "lastseen", "resolveafterms", "history"],
      })),
    });
    return resolutions.flatMap((resolution, position): readonly Update[] => {
      const doc = docs[position];
      if (doc === undefined || "error" in doc || doc._source === undefined) return [];
      if (!isDue(doc._source, resolution)) return [];
      const { _seq_no: if_seq_no, _primary_term: if_primary_term } = doc;
      const header = { update: { _index: doc._index, _id: doc._id, if_seq_no, if_primary_term } };
      const fields = closedFields(doc._source, { reason: "resolved" }, { by: SERVICE, now: new Date(resolution.slot) });
      return [{ resolution, operation: [header, { doc: fields }] }];
    });
  } catch (cause) {
    throw storeError(WHAT, cause);
  }
};

/** What people have opened again has no time after which it would be closed, and what was found since is not over. */
const isDue = ({ status, lastseen = "", resolveafterms }: Read, { slot, afterms }: Resolved): boolean => {
  const seen = Date.parse(lastseen);
  const at = Date.parse(slot);
  return status !== "closed" && resolveafterms != null && seen < at && seen + afterms <= at;
};
