import type { Hit } from "@mozdef/alert";
import { sortedByTime } from "@mozdef/alert/runtime";
import type { QueryContainer } from "@mozdef/query";
import type { AlertStore } from "../alert-store.ts";
import { allHits } from "./all-hits.ts";
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

/** The events of an answer; all of them by pages when the answer holds just the first. */
export const eventsOf = async (store: AlertStore, { asked, answer }: Answered): Promise<readonly Hit[]> => {
  const isComplete = totalOf(answer) <= answer.hits.hits.length;
  const hits = isComplete
    ? answer.hits.hits.map((hit) => hitOf(hit, store.names))
    : await allHits(store, asked.indices, asked.body.query);
  return sortedByTime(hits);
};
