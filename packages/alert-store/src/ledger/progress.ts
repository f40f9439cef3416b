import type { AlertStore } from "../alert-store.ts";
import { SLOTS } from "../names.ts";
import { msearch } from "../requests/msearch.ts";
import { StoreError, storeError } from "../store-error.ts";
import type { SlotEntry } from "./entry.ts";

/** What says how far an alert has come: a slot that is decided, one that is passed over, and where it has begun. */
const TYPES = ["slot", "gap", "begin"] as const;

/** Newest documents that are read at once: nearly all alerts are in those. */
const PAGE = 500;

type Progress = Pick<SlotEntry, "utctimestamp" | "names" | "again">;

/**
 * The last slot of each alert that is done, by name. Alerts that the ledger has nothing of are missing.
 *
 * @throws {StoreError} when it cannot be told.
 */
export const slotsDone = async (store: AlertStore, names: readonly string[]): Promise<ReadonlyMap<string, Date>> => {
  const wanted = new Set(names);
  const done = new Map<string, Date>();
  for (const entry of await newest(store))
    for (const name of entry.names)
      if (wanted.has(name) && !done.has(name) && entry.again?.includes(name) !== true)
        done.set(name, new Date(entry.utctimestamp));
  const others = names.filter((name) => !done.has(name));
  const answers = await msearch(
    store,
    others.map((name) => ({
      indices: [SLOTS],
      body: {
        query: {
          bool: {
            filter: [{ terms: { type: [...TYPES] } }, { term: { names: name } }],
            must_not: [{ term: { again: name } }],
          },
        },
        sort: [{ utctimestamp: { order: "desc", unmapped_type: "date" } }],
        size: 1,
        _source: ["utctimestamp"],
        track_total_hits: false,
      },
    })),
  );
  for (const [position, answer] of answers.entries()) {
    if (answer instanceof StoreError) throw answer;
    const slot = (answer.hits.hits[0]?._source as Partial<Progress> | undefined)?.utctimestamp;
    if (slot !== undefined) done.set(others[position] ?? "", new Date(slot));
  }
  return done;
};

const newest = async ({ client, names }: AlertStore): Promise<readonly Progress[]> => {
  const index = names.physical(SLOTS);
  try {
    await client.indices.refresh({ index });
    const { hits } = await client.search<Progress>({
      index,
      // Of a slot that is missing nobody would know.
      allow_partial_search_results: false,
      query: { terms: { type: [...TYPES] } },
      sort: [{ utctimestamp: { order: "desc", unmapped_type: "date" } }],
      size: PAGE,
      _source: ["utctimestamp", "names", "again"],
      track_total_hits: false,
    });
    return hits.hits.flatMap(({ _source }) => _source ?? []);
  } catch (cause) {
    throw storeError("Cannot read how far the alerts have come", cause);
  }
};
