import { sortedByTime } from "@mozdef/alert/runtime";
import type { QueryContainer } from "@mozdef/query";
import type { AlertStore } from "../alert-store.ts";
import { type AllHits, allHits, type Wanted } from "./all-hits.ts";
import { hitOf, OLDEST_FIRST } from "./hits.ts";
import type { Answered } from "./answers.ts";
import { type BatchedSearch, totalOf } from "./msearch.ts";

/** Events that come with the first answer; more are paged. */
const FIRST_PAGE = 1_000;

/** The search of a batch for the events of a query, oldest first. */
export const eventsSearch = (indices: readonly string[], query: QueryContainer): BatchedSearch => ({
  indices,
  body: { query, size: FIRST_PAGE, sort: OLDEST_FIRST, track_total_hits: true, seq_no_primary_term: true },
});

/** The events of an answer; all of them by pages when the answer holds just the first, or none since they are too large. */
export const eventsOf = async (store: AlertStore, { asked, answer }: Answered, wanted: Wanted): Promise<AllHits> => {
  const isComplete = answer.isCut !== true && totalOf(answer) <= answer.hits.hits.length;
  const { hits, further } = isComplete
    ? { hits: answer.hits.hits.map((hit) => hitOf(hit, store.names)), further: [] }
    : await allHits(store, asked.indices, asked.body.query, wanted);
  return { hits: sortedByTime(hits), further };
};
