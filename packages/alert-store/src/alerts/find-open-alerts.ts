import { isoUtc } from "@mozdef/alert";
import type { Hit } from "@mozdef/alert";
import type { AlertDocument } from "@mozdef/alert/runtime";
import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { storeError } from "../store-error.ts";

/** Which alerts are looked for: those that nobody has closed. */
export interface OpenAlerts {
  /** When they were made. */
  readonly since: Date;
  readonly until: Date;
  /** All have to fit. */
  readonly terms: readonly { readonly field: string; readonly values: readonly string[] }[];
}

/** An alert without its events, and with what they name. */
export type OpenAlertSource = Omit<AlertDocument, "events"> & {
  readonly entities?: Readonly<Record<string, unknown>>;
};

const PAGE = 1_000;

/** More than a day can have: what is beyond is an error and no cut. */
const MOST = 20_000;

/**
 * Alerts that are open, newest first, without their events.
 *
 * @throws {StoreError} also when there are more than 20,000.
 */
export const findOpenAlerts = async (
  { client, names }: AlertStore,
  { since, until, terms }: OpenAlerts,
): Promise<readonly Hit<OpenAlertSource>[]> => {
  const found: Hit<OpenAlertSource>[] = [];
  let after: estypes.SortResults | undefined;
  try {
    const index = names.physical("alerts-*");
    await client.indices.refresh({ index, ignore_unavailable: true });
    do {
      const { hits } = await client.search<OpenAlertSource>({
        index,
        allow_partial_search_results: false,
        query: {
          bool: {
            filter: [
              { range: { utctimestamp: { gte: isoUtc(since), lte: isoUtc(until) } } },
              ...terms.map(({ field, values }) => ({ terms: { [field]: [...values] } })),
            ],
            must_not: [{ term: { status: "closed" } }],
          },
        },
        sort: [
          { utctimestamp: { order: "desc", unmapped_type: "date" } },
          { "entities.id": { order: "asc", missing: "_last", unmapped_type: "keyword" } },
        ],
        _source: { excludes: ["events"] },
        size: PAGE,
        ...(after !== undefined && { search_after: after }),
      });
      for (const { _index, _id = "", _source } of hits.hits)
        if (_source !== undefined) found.push({ _index: names.logical(_index), _id, _source });
      after = hits.hits.length < PAGE ? undefined : hits.hits.at(-1)?.sort;
      if (found.length > MOST) throw new Error(`there are more than ${MOST} open alerts`);
    } while (after !== undefined);
    return found;
  } catch (cause) {
    throw storeError("Cannot look for open alerts", cause);
  }
};
