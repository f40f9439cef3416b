import { type SearchedSource, sortedByTime, timeField } from "@mozdef/alert/runtime";
import type { QueryContainer } from "@mozdef/query";
import type { AlertStore } from "../alert-store.ts";
import { type AllHits, allHits, type Wanted } from "./all-hits.ts";
import { hitOf, oldestFirst } from "./hits.ts";
import type { Answered } from "./answers.ts";
import { type BatchedSearch, totalOf } from "./msearch.ts";

/** Events that come with the first answer; more are paged. */
const FIRST_PAGE = 1_000;

/** A search of a batch for events. */
export type EventsSearch = BatchedSearch & { readonly source: SearchedSource };

/** The search of a batch for the events of a query, oldest first. */
export const eventsSearch = (source: SearchedSource, query: QueryContainer): EventsSearch => ({
  source,
  indices: source.indices,
  body: { query, size: FIRST_PAGE, sort: oldestFirst(source), track_total_hits: true, seq_no_primary_term: true },
});

/** Whether an answer holds every event: not just the first, and not none since they are too large. */
export const isWhole = ({ answer }: Answered): boolean =>
  answer.isCut !== true && totalOf(answer) <= answer.hits.hits.length;

/** The events of an answer; all of them by pages when the answer does not hold them. */
export const eventsOf = async (
  store: AlertStore,
  source: SearchedSource,
  answered: Answered,
  wanted: Wanted,
): Promise<AllHits> => {
  const { asked, answer } = answered;
  const { hits, further } = isWhole(answered)
    ? { hits: answer.hits.hits.map((hit) => hitOf(hit, store.names, source)), further: [] }
    : await allHits(store, source, asked.body.query, wanted);
  return { hits: sortedByTime(hits, timeField(source)), further };
};
