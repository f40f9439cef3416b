import type { AlertStore } from "../alert-store.ts";
import { storeError } from "../store-error.ts";
import { alertQuery } from "./alert-filter.ts";
import type { Entities } from "./entities.ts";

/** Whom or what the events of an alert are about, and how many alerts are. */
export interface RelatedEntity {
  readonly kind: keyof Entities;
  readonly value: string;
  /** Alerts about it, this one among them. */
  readonly alerts: number;
}

/** The first of each kind; an alert over thousands of addresses is not told apart by them. */
const MOST: Readonly<Record<keyof Entities, number>> = { ip: 20, user: 20, host: 20, port: 5 };

/** What an event has as its host that says none. */
const UNKNOWN = "UNKNOWN";

const KINDS = Object.keys(MOST) as readonly (keyof Entities)[];

/**
 * What an alert has in common with others: the addresses, users, hosts and ports of its events.
 *
 * @returns null when there is no alert of that id.
 * @throws {StoreError}
 */
export const relatedEntities = async (store: AlertStore, id: string): Promise<readonly RelatedEntity[] | null> => {
  const { client, names } = store;
  const index = names.physical("alerts-*");
  try {
    const query = { ids: { values: [id] } };
    const { hits } = await client.search<{ readonly entities?: Partial<Entities> }>({
      ...{ index, query, size: 1, _source: ["entities"] },
    });
    const [hit] = hits.hits;
    if (hit === undefined) return null;
    const named = KINDS.flatMap((kind) =>
      (hit._source?.entities?.[kind] ?? [])
        .filter((value) => value !== UNKNOWN)
        .slice(0, MOST[kind])
        .map((value) => ({ kind, value })),
    );
    if (named.length === 0) return [];
    const { aggregations } = await client.search({
      ...{ index, size: 0, track_total_hits: false },
      aggs: Object.fromEntries(
        named.map(({ value }, place) => [`n${place}`, { filter: alertQuery({ entity: [value] }) }]),
      ),
    });
    const counts = (aggregations ?? {}) as unknown as Readonly<Record<string, { readonly doc_count: number }>>;
    return named.map((one, place) => ({ ...one, alerts: counts[`n${place}`]?.doc_count ?? 0 }));
  } catch (cause) {
    throw storeError(`Cannot read what alert ${id} is about`, cause);
  }
};
