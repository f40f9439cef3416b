import type { AlertStore } from "../alert-store.ts";
import { COVERAGE } from "../names.ts";
import { StoreError } from "../store-error.ts";
import { msearch } from "../requests/msearch.ts";
import { coverageId, type EventRef } from "./coverage-document.ts";

/** Ids in one search: the server's limit for one page of hits. */
const CHUNK = 10_000;

/** Events that were found under a name. */
export interface Candidates {
  /** The own name of the alert. */
  readonly name: string;
  readonly events: readonly EventRef[];
}

/** Whether an alert of that name has covered an event before. */
export type IsCovered = (name: string, event: EventRef) => boolean;

/** Says what alerts have covered of some events. */
export type CoveredAmong = (store: AlertStore, candidates: readonly Candidates[]) => Promise<IsCovered>;

/**
 * What alerts have covered before. What is noted in the service's own indices decides: the marks in events are missing where
 * events may only be read. No request when there are no events, else one for every 10,000, in batches.
 *
 * @throws {StoreError} when it cannot be told.
 */
export const coveredAmong: CoveredAmong = async (store, candidates) => {
  const ids = [...new Set(candidates.flatMap(({ name, events }) => events.map((event) => coverageId(name, event))))];
  if (ids.length === 0) return () => false;
  const chunks = Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, index) =>
    ids.slice(index * CHUNK, (index + 1) * CHUNK),
  );
  const answers = await msearch(
    store,
    chunks.map((values) => ({
      indices: [COVERAGE],
      body: { query: { ids: { values } }, size: values.length, _source: false, track_total_hits: false },
    })),
  );
  const covered = new Set<string>();
  for (const answer of answers) {
    if (answer instanceof StoreError) throw answer;
    for (const { _id = "" } of answer.hits.hits) covered.add(_id);
  }
  return (name, event) => covered.has(coverageId(name, event));
};
