import type { Hit } from "@mozdef/alert";
import { AlertError, type EventIds, type PlannedSearch, type SearchResult } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { type KnownMarks, marksKnown, NO_MARKS } from "../commit/known-marks.ts";
import { type CoveredAmong, coveredAmong, type IsCovered } from "../coverage/covered-events.ts";
import { StoreError } from "../store-error.ts";
import { loadEvents } from "../requests/load-events.ts";
import { storeKindOf } from "./kinds/kinds.ts";

/** What a search found. */
export interface Found {
  /** Less what the name has covered before. */
  readonly result: SearchResult;
  /** How many events matched in all. */
  readonly hits: number;
  /** Where the search looked, when there is no index of that name: not the same as finding nothing. Else empty. */
  readonly missing: readonly string[];
  /** What is known of the events of the result, so that they can be marked without being read again. */
  readonly marks: KnownMarks;
}

/** What matched, before anything is taken out. */
export type Matched = Omit<Found, "marks">;

/**
 * Takes out of each result what the name of its alert has covered before.
 *
 * Without knowing that, every event would alert again: then each search that found something has failed.
 */
export const withoutCovered = async (
  store: AlertStore,
  searches: readonly PlannedSearch[],
  found: readonly (Matched | StoreError | AlertError)[],
  covered: CoveredAmong = coveredAmong,
): Promise<readonly (Found | StoreError | AlertError)[]> => {
  const pairs = searches.map((planned, index) => ({ planned, matched: found[index] ?? unanswered() }));
  const isCovered = await coveredOf(store, pairs, covered);
  return Promise.all(
    pairs.map(async ({ planned, matched }) => {
      if (isFailure(matched)) return matched;
      if (eventsOf(planned, matched).length === 0) return { ...matched, marks: NO_MARKS };
      return isCovered instanceof StoreError ? isCovered : less({ store, covered }, planned, matched, isCovered);
    }),
  );
};

const unanswered = (): StoreError => new StoreError("STORE_SEARCH_FAILED", "A search was not answered.");

interface Pair {
  readonly planned: PlannedSearch;
  readonly matched: Matched | StoreError | AlertError;
}

const isFailure = (matched: Matched | StoreError | AlertError): matched is StoreError | AlertError =>
  matched instanceof StoreError || matched instanceof AlertError;

const eventsOf = ({ search }: PlannedSearch, { result }: Matched): readonly Hit[] => storeKindOf(search).events(result);

const coveredOf = async (
  store: AlertStore,
  pairs: readonly Pair[],
  covered: CoveredAmong,
): Promise<IsCovered | StoreError> => {
  const candidates = pairs.flatMap(({ planned, matched }) =>
    isFailure(matched) ? [] : [{ name: planned.name, events: eventsOf(planned, matched) }],
  );
  try {
    return await covered(store, candidates);
  } catch (cause) {
    if (cause instanceof StoreError) return cause;
    throw cause;
  }
};

/** Where it is looked up what is covered. */
interface Coverage {
  readonly store: AlertStore;
  readonly covered: CoveredAmong;
}

const less = async (
  coverage: Coverage,
  planned: PlannedSearch,
  { result, hits, missing }: Matched,
  isCovered: IsCovered,
): Promise<Found | StoreError> => {
  const { name, search, source } = planned;
  const kind = storeKindOf(search);
  try {
    const left = await kind.without(result, {
      planned,
      isCovered: (event) => isCovered(name, event),
      less: (ids) => idsLess(coverage, name, ids),
      load: (ids, most) => loadEvents(coverage.store, source, ids, most),
    });
    return { result: left, hits, missing, marks: marksKnown(kind.events(left)) };
  } catch (cause) {
    if (cause instanceof StoreError) return cause;
    throw cause;
  }
};

/** Ids looked up at once: there can be a million. */
const CHUNK = 10_000;

const idsLess = async (
  { store, covered }: Coverage,
  name: string,
  all: readonly EventIds[],
): Promise<readonly EventIds[]> => {
  const left: EventIds[] = [];
  for (const { index, ids } of all) {
    const kept: string[] = [];
    for (let start = 0; start < ids.length; start += CHUNK) {
      const events = ids.slice(start, start + CHUNK).map((_id) => ({ _index: index, _id }));
      const isCovered = await covered(store, [{ name, events }]);
      for (const event of events) if (!isCovered(name, event)) kept.push(event._id);
    }
    // The same list when nothing is taken out: there can be a million.
    if (kept.length > 0) left.push({ index, ids: kept.length === ids.length ? ids : kept });
  }
  return left;
};
