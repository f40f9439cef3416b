import type { AggregationSearch, Hit } from "@mozdef/alert";
import { sortedByTime, type Finding, type PlannedSearch } from "@mozdef/alert/runtime";
import { compile, type QueryContainer } from "@mozdef/query";
import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { StoreError } from "../store-error.ts";
import { allHits } from "./all-hits.ts";
import { allGroupKeys, type GroupKey, groupKeysOf, groupsAggregation } from "./group-keys.ts";
import { hitOf, OLDEST_FIRST } from "./hits.ts";
import { type BatchedAnswer, msearch, totalOf } from "./msearch.ts";

/** A search of an alert at its slot. */
export interface DueSearch {
  readonly planned: PlannedSearch;
  readonly now: Date;
}

/** What a search found, and how many events matched it in all. */
export interface Found {
  readonly finding: Finding;
  readonly hits: number;
}

/** Events that come with the first answer; more are paged. */
const FIRST_PAGE = 1_000;

/**
 * Runs the searches of any number of alerts: one request when all are quiet, one more when groups have reached their
 * threshold, further ones only for results above 1,000 events or 10,000 groups.
 *
 * Results come in order; a search that fails is an error in its place.
 *
 * @throws {StoreError} when the store does not answer at all.
 */
export const find = async (
  store: AlertStore,
  searches: readonly DueSearch[],
): Promise<readonly (Found | StoreError)[]> => {
  if (searches.length === 0) return [];
  const asked = searches.map((search) => ({ ...search, query: compile(search.planned.query, search).query }));
  const answers = await msearch(
    store,
    asked.map(({ planned, query }) => ({ indices: planned.search.indices, body: bodyOf(planned, query) })),
  );
  const firing = await Promise.all(asked.map((one, index) => settle(() => groupsOf(store, one, answers[index]))));
  const groupHits = await hitsOfGroups(store, asked, firing);
  return Promise.all(asked.map((one, index) => settle(() => foundOf(store, one, answers[index], groupHits[index]))));
};

interface Asked extends DueSearch {
  readonly query: QueryContainer;
}

const bodyOf = ({ search }: PlannedSearch, query: QueryContainer): estypes.SearchSearchRequestBody => {
  switch (search.kind) {
    case "eachEvent":
      return { query, size: FIRST_PAGE, sort: OLDEST_FIRST, track_total_hits: true };
    case "aggregation":
      return { query, size: 0, track_total_hits: true, aggs: groupsAggregation(search.field, search.threshold) };
    case "noEvent":
      return { query, size: 0, track_total_hits: 1 };
  }
};

/** An error of one search stays with that search. */
const settle = async <T>(work: () => Promise<T>): Promise<T | StoreError> => {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof StoreError) return cause;
    throw cause;
  }
};

const wholeAnswer = (answer: BatchedAnswer | undefined): estypes.MsearchMultiSearchItem => {
  if (answer === undefined)
    throw new StoreError("STORE_SEARCH_FAILED", "The store answered fewer searches than asked.");
  if (answer instanceof StoreError) throw answer;
  return answer;
};

/** The groups that reach the threshold; none for other kinds of search. */
const groupsOf = async (
  store: AlertStore,
  { planned: { search }, query }: Asked,
  answer: BatchedAnswer | undefined,
): Promise<readonly GroupKey[]> => {
  if (search.kind !== "aggregation") return [];
  return groupKeysOf(wholeAnswer(answer)) ?? allGroupKeys(store, search.indices, query, search.field, search.threshold);
};

/** The events of all firing groups of all searches, in one request. */
const hitsOfGroups = async (
  store: AlertStore,
  asked: readonly Asked[],
  firing: readonly (readonly GroupKey[] | StoreError)[],
): Promise<readonly (readonly GroupAnswer[] | StoreError)[]> => {
  const wanted = asked.flatMap((one, index) => groupQueries(one, firing[index] ?? []));
  const answers = await msearch(
    store,
    wanted.map(({ indices, query }) => ({
      indices,
      body: { query, size: FIRST_PAGE, sort: OLDEST_FIRST, track_total_hits: true },
    })),
  );
  let next = 0;
  return firing.map((keys) =>
    keys instanceof StoreError
      ? keys
      : keys.map(({ value }): GroupAnswer => {
          const position = next++;
          return { value, answer: answers[position], ...wanted[position] } as GroupAnswer;
        }),
  );
};

interface GroupQuery {
  readonly indices: readonly string[];
  readonly query: QueryContainer;
}
interface GroupAnswer extends GroupQuery {
  readonly value: string;
  readonly answer: BatchedAnswer | undefined;
}

const groupQueries = ({ planned, query }: Asked, keys: readonly GroupKey[] | StoreError): readonly GroupQuery[] => {
  if (keys instanceof StoreError) return [];
  const { field, indices } = planned.search as AggregationSearch;
  return keys.map(({ value }) => ({ indices, query: { bool: { filter: [query, { term: { [field]: { value } } }] } } }));
};

const foundOf = async (
  store: AlertStore,
  { planned: { search }, query }: Asked,
  answer: BatchedAnswer | undefined,
  groups: readonly GroupAnswer[] | StoreError | undefined,
): Promise<Found> => {
  const whole = wholeAnswer(answer);
  const hits = totalOf(whole);
  if (search.kind === "noEvent") return { hits, finding: { kind: "noEvent", found: hits > 0 } };
  if (search.kind === "eachEvent")
    return { hits, finding: { kind: "eachEvent", hits: await hitsOf(store, { ...search, query }, whole) } };
  if (groups instanceof StoreError) throw groups;
  return { hits, finding: { kind: "aggregation", groups: await groupsWithEvents(store, groups ?? []) } };
};

const groupsWithEvents = (store: AlertStore, groups: readonly GroupAnswer[]) =>
  Promise.all(
    groups.map(async (group) => ({
      value: group.value,
      events: await hitsOf(store, group, wholeAnswer(group.answer)),
    })),
  );

/** The hits of an answer; all of them by pages when the answer holds just the first. */
const hitsOf = async (
  store: AlertStore,
  { indices, query }: GroupQuery,
  answer: estypes.MsearchMultiSearchItem,
): Promise<readonly Hit[]> => {
  const complete = totalOf(answer) <= answer.hits.hits.length;
  const hits = complete ? answer.hits.hits.map((hit) => hitOf(hit, store.names)) : await allHits(store, indices, query);
  return sortedByTime(hits);
};
