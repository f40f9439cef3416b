import type { Hit } from "@mozdef/alert";
import type { SearchedSource } from "@mozdef/alert/runtime";
import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { hitOf } from "../requests/hits.ts";
import { totalOf } from "../requests/msearch.ts";
import { askSource } from "./ask-source.ts";
import { type EventFilter, timeOf } from "./event-filter.ts";

/** How far pages of events reach: the server's `index.max_result_window`. Others are found by a narrower time. */
export const DEEPEST_EVENT = 10_000;

/** One page of events as they are in their source. */
export interface EventPage {
  /** How many fit, on whichever page. */
  readonly total: number;
  readonly events: readonly Hit[];
}

/** Which page of events. */
export interface EventPaging {
  /** Events to skip. Default 0; `from + size` is at most {@link DEEPEST_EVENT}. */
  readonly from?: number;
  /** Default 50. */
  readonly size?: number;
  /** Default: newest first. */
  readonly order?: "newest" | "oldest";
}

/**
 * Events of a source for people to look at.
 *
 * @throws {StoreError} `STORE_QUERY_INVALID` when the store cannot read the text of the filter.
 */
export const browseEvents = async (
  store: AlertStore,
  source: SearchedSource,
  filter: EventFilter,
  { from = 0, size = 50, order = "newest" }: EventPaging = {},
): Promise<EventPage> => {
  const answer = await askSource(store, source, filter, {
    ...{ from, size, track_total_hits: true },
    sort: [byTime(source, order === "newest" ? "desc" : "asc")],
  });
  return { total: totalOf(answer), events: answer.hits.hits.map((hit) => hitOf(hit, store.names, source)) };
};

/** Events without a time come last. */
const byTime = (source: SearchedSource, order: "asc" | "desc"): estypes.SortCombinations => ({
  [timeOf(source)]: { order, missing: "_last", unmapped_type: "date" },
});
