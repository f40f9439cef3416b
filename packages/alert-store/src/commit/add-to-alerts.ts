import type { NewAlert } from "@mozdef/alert/runtime";
import type { NewestAlert } from "../alerts/newest-alerts.ts";
import type { AlertStore } from "../alert-store.ts";
import { StoreError, storeError } from "../store-error.ts";
import { bulk, itemError, type Operation } from "../requests/bulk.ts";

/** What a slot adds to an alert that is there. */
export interface Addition {
  readonly to: Pick<NewestAlert, "index" | "id">;
  /** Of the run: what was added by it is not added again. */
  readonly slot: Date;
  /** Events. */
  readonly count: number;
  /** The alerts that would have been made: what they cover counts as alerted. */
  readonly covering: readonly NewAlert[];
}

/** Somebody may acknowledge the alert at the same time; each round one of both gets through. */
const MOST_ROUNDS = 10;
const CONFLICT = 409;

/** What is to be added, as it is recorded. */
export interface Added {
  readonly to: Addition["to"];
  /** ISO 8601. */
  readonly slot: string;
  readonly count: number;
}

/**
 * Adds to alerts: `count` grows, `lastseen` is the latest slot. Doing it again changes nothing, since an alert knows the slots that were
 * added to it; they may come in any order.
 *
 * @returns in the order given: why it could not be done; null when it is.
 * @throws {StoreError} when the store does not answer.
 */
export const addToAlerts = async (
  store: AlertStore,
  additions: readonly Added[],
): Promise<readonly (StoreError | null)[]> => {
  const errors = new Map<Added, StoreError>();
  let open = additions;
  for (let round = 0; open.length > 0 && round < MOST_ROUNDS; round += 1) {
    const updates = await updatesOf(store, open, errors);
    const operations = updates.map(({ operation }) => operation);
    const items = operations.length === 0 ? [] : await bulk(store, WHAT, operations, { refresh: true });
    open = updates.flatMap(({ addition }, position) => {
      const item = items[position];
      if (item?.status === CONFLICT) return [addition];
      const error = itemError(WHAT, item);
      if (error !== null) errors.set(addition, error);
      return [];
    });
  }
  for (const addition of open) errors.set(addition, new StoreError("STORE_REFUSED", `${WHAT}: it kept being changed.`));
  return additions.map((addition) => errors.get(addition) ?? null);
};

const WHAT = "Cannot add to an alert";

/** Slots that an alert remembers. What is done again is of slots of a moment ago; of those further back all count as added. */
const MOST_SLOTS = 200;

/** As much of an alert as it takes to add to it. */
interface Grown {
  readonly count?: number;
  readonly lastseen?: string;
  readonly entities?: { readonly slots?: readonly string[] };
}

interface Update {
  readonly addition: Added;
  readonly operation: Operation;
}

/** Those of alerts that have not got theirs yet. An alert that is gone takes nothing, and needs nothing. */
const updatesOf = async (
  { client, names }: AlertStore,
  additions: readonly Added[],
  errors: Map<Added, StoreError>,
): Promise<readonly Update[]> => {
  try {
    const { docs } = await client.mget<Grown>({
      docs: additions.map(({ to }) => ({
        _index: names.physical(to.index),
        _id: to.id,
        _source: ["count", "lastseen", "entities.slots"],
      })),
    });
    return additions.flatMap((addition, position): readonly Update[] => {
      const doc = docs[position];
      if (doc === undefined || "error" in doc || doc._source === undefined) {
        errors.set(addition, new StoreError("STORE_REFUSED", `${WHAT}: ${addition.to.id} is gone.`));
        return [];
      }
      const grown = grownBy(doc._source, addition);
      if (grown === null) return [];
      const { _seq_no: if_seq_no, _primary_term: if_primary_term } = doc;
      const header = { update: { _index: doc._index, _id: doc._id, if_seq_no, if_primary_term } };
      return [{ addition, operation: [header, { doc: grown }] }];
    });
  } catch (cause) {
    throw storeError(WHAT, cause);
  }
};

/** Null when the slot was added before. */
const grownBy = (alert: Grown, { slot, count }: Added): Required<Grown> | null => {
  const { count: before = 1, lastseen = "", entities: { slots = [] } = {} } = alert;
  const isLate = Date.parse(lastseen) >= Date.parse(slot);
  if (isLate && (slots.includes(slot) || isForgotten(slots, lastseen, slot))) return null;
  return {
    count: before + count,
    lastseen: isLate ? lastseen : slot,
    entities: { slots: [...slots, slot].sort().slice(-MOST_SLOTS) },
  };
};

/** The slot by which the alert was made is not among those added, nor is any when it was added to before they were kept. */
const isForgotten = (slots: readonly string[], lastseen: string, slot: string): boolean => {
  const [oldest = lastseen] = slots;
  return slots.length < MOST_SLOTS ? slots.length === 0 && slot === lastseen : slot < oldest;
};
