import type { Hit } from "@mozdef/alert";
import type { EventIds } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { type AllHits, allHits } from "./all-hits.ts";

/**
 * The first of these events, whole, and the ids of the rest. Events that are gone are left out.
 *
 * @throws {StoreError}
 */
export const loadEvents = async (store: AlertStore, all: readonly EventIds[], most: number): Promise<AllHits> => {
  const hits: Hit[] = [];
  const further: EventIds[] = [];
  for (const { index, ids } of all) {
    const values = ids.slice(0, most - hits.length);
    const rest = ids.slice(values.length);
    if (values.length > 0) {
      const query = { ids: { values } };
      hits.push(...(await allHits(store, [index], query, { whole: most, further: false, uncut: most })).hits);
    }
    if (rest.length > 0) further.push({ index, ids: rest });
  }
  return { hits, further };
};
