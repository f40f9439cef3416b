import type { Hit } from "@mozdef/alert";
import type { EventIds, SearchedSource } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { type AllHits, allHits } from "./all-hits.ts";
import { askedIndex } from "./reader.ts";

/**
 * The first of these events, whole, and the ids of the rest. Events that are gone are left out.
 *
 * @throws {StoreError}
 */
export const loadEvents = async (
  store: AlertStore,
  source: SearchedSource,
  all: readonly EventIds[],
  most: number,
): Promise<AllHits> => {
  const hits: Hit[] = [];
  const further: EventIds[] = [];
  for (const { index, ids } of all) {
    const values = ids.slice(0, most - hits.length);
    const rest = ids.slice(values.length);
    if (values.length > 0) {
      const query = { ids: { values } };
      hits.push(
        ...(
          await allHits(store, { ...source, indices: [askedIndex(index, source)] }, query, {
            whole: most,
            further: false,
            uncut: most,
          })
        ).hits,
      );
    }
    if (rest.length > 0) further.push({ index, ids: rest });
  }
  return { hits, further };
};
