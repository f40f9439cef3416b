import type { estypes } from "@elastic/elasticsearch";
import type { PlannedSearch } from "@mozdef/alert/runtime";
import { type AlertStore, readerOf } from "@mozdef/alert-store";
import { explainedKindOf } from "./kinds/kinds.ts";
import { type Part, partsOf } from "./parts.ts";

/** An event that a search nearly finds. */
export interface NearMiss {
  readonly event: { readonly _index: string; readonly _id: string };
  readonly source: Readonly<Record<string, unknown>>;
  /** How many clauses of its query it does not fit. */
  readonly misses: number;
}

/** How many clauses an event may miss: one that misses more is about something else. */
const MOST_MISSES = 3;

/**
 * The newest events of the window that fit all but one clause of a search; where there are none, all but two, then all but three.
 * The window itself is not missed. What alerted before fits all but the clause that leaves it out.
 *
 * @throws {StoreError} and what the client throws, when the store refuses a search.
 */
export const nearMisses = async (
  store: AlertStore,
  planned: PlannedSearch,
  { now, most }: { readonly now: Date; readonly most: number },
): Promise<readonly NearMiss[]> => {
  const { search, source } = planned;
  const [asked] = explainedKindOf(search).queries?.(planned) ?? [
    { label: "", query: planned.query, own: search.query, source },
  ];
  if (asked === undefined) return [];
  const parts = partsOf(asked, now);
  const window = parts.filter(({ part }) => part === "window");
  const clauses = parts.filter(({ part }) => part !== "window");
  for (let misses = 1; misses <= Math.min(MOST_MISSES, clauses.length - 1); misses += 1) {
    const found = await missingBy(store, asked.source, { window, clauses, misses, most });
    if (found.length > 0) return found;
  }
  return [];
};

interface Missing {
  readonly window: readonly Part[];
  readonly clauses: readonly Part[];
  readonly misses: number;
  readonly most: number;
}

const missingBy = async (
  store: AlertStore,
  source: PlannedSearch["source"],
  { window, clauses, misses, most }: Missing,
): Promise<readonly NearMiss[]> => {
  const { client, names } = readerOf(store, source);
  const fits = (least: number): estypes.QueryDslQueryContainer => ({
    bool: { should: clauses.map(({ query }) => query), minimum_should_match: least },
  });
  const { hits } = await client.search<Readonly<Record<string, unknown>>>({
    index: source.indices.map(names.physical),
    query: {
      bool: {
        filter: [...window.map(({ query }) => query), fits(clauses.length - misses)],
        must_not: [fits(clauses.length - misses + 1)],
      },
    },
    sort: [{ [source.schema.time[0]]: { order: "desc", unmapped_type: "date" } }],
    size: most,
    track_total_hits: false,
  });
  return hits.hits.flatMap(({ _index, _id, _source }) =>
    _id === undefined ? [] : [{ event: { _index: names.logical(_index), _id }, source: _source ?? {}, misses }],
  );
};
