import type { Hit, Search } from "@mozdef/alert";
import type { PlannedSearch, SearchResult } from "@mozdef/alert/runtime";
import { compile, type SearchQuery } from "@mozdef/query";
import type { AlertStore } from "../alert-store.ts";
import { type KnownMarks, marksKnown, NO_MARKS } from "../commit/known-marks.ts";
import { coveredAmong } from "../coverage/covered-events.ts";
import { StoreError } from "../store-error.ts";
import { type Answered, answersTo } from "../requests/answers.ts";
import { storeKindOf } from "./kinds/kinds.ts";
import type { AskedSearch, FirstAnswers, FollowUp } from "./kinds/search-kind.ts";
import { totalOf } from "../requests/msearch.ts";

/** What a search found. */
export interface Found {
  /** Less what the name has covered before. */
  readonly result: SearchResult;
  /** How many events matched in all. */
  readonly hits: number;
  /** What is known of the events of the result, so that they can be marked without being read again. */
  readonly marks: KnownMarks;
}

/** What matched, before anything is taken out. */
type Matched = Omit<Found, "marks">;

/**
 * Runs the searches of any number of alerts: one request when all are quiet, one more when groups have reached their
 * threshold, one that asks what was covered before when anything was found, further ones only for results above 1,000 events or
 * 10,000 groups.
 *
 * Results come in order; a search that fails is an error in its place.
 *
 * @param scope.now - The schedule slot: the end of every window.
 * @throws {StoreError} when the store does not answer at all.
 */
export const find = async (
  store: AlertStore,
  searches: readonly PlannedSearch[],
  scope: { readonly now: Date },
): Promise<readonly (Found | StoreError)[]> => {
  const asked = searches.map((planned) => askedAt(planned, scope.now));
  const first = await answersTo(
    store,
    asked.map((one) => kindOf(one).first(one)),
  );
  const followUps = await Promise.all(asked.map((one, index) => settle(() => followUpsOf(store, one, first[index]))));
  const followed = await answersTo(store, followUps);
  const found = await Promise.all(
    asked.map((one, index) => settle(() => foundOf(store, one, first[index], followed[index]))),
  );
  return withoutCovered(store, searches, found);
};

/** Without knowing what was covered, every event would alert again: then every search that found something has failed. */
const withoutCovered = async (
  store: AlertStore,
  searches: readonly PlannedSearch[],
  found: readonly (Matched | StoreError)[],
): Promise<readonly (Found | StoreError)[]> => {
  const matches = found.flatMap((one, index) => {
    const planned = searches[index];
    return one instanceof StoreError || planned === undefined ? [] : [{ planned, events: eventsOf(planned, one) }];
  });
  const isCovered = await settle(() =>
    coveredAmong(
      store,
      matches.map(({ planned: { name }, events }) => ({ name, events })),
    ),
  );
  return found.map((one, index) => {
    const planned = searches[index];
    if (one instanceof StoreError || planned === undefined) return one as StoreError;
    const events = eventsOf(planned, one);
    if (events.length === 0) return { ...one, marks: NO_MARKS };
    if (isCovered instanceof StoreError) return isCovered;
    const kind = storeKindOf(planned.search);
    const result = kind.without(one.result, (event) => isCovered(planned.name, event));
    return { ...one, result, marks: marksKnown(kind.events(result)) };
  });
};

const eventsOf = ({ search }: PlannedSearch, { result }: Matched): readonly Hit[] => storeKindOf(search).events(result);

const askedAt = (planned: PlannedSearch, now: Date): AskedSearch<Search> => {
  const compiled = (query: SearchQuery) => compile(query, { now }).query;
  return { planned, query: compiled(planned.query), compile: compiled };
};

const kindOf = ({ planned }: AskedSearch<Search>) => storeKindOf(planned.search);

/** An error of one search stays with that search. */
const settle = async <T>(work: () => Promise<T>): Promise<T | StoreError> => {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof StoreError) return cause;
    throw cause;
  }
};

const followUpsOf = async (
  store: AlertStore,
  asked: AskedSearch<Search>,
  first: readonly Answered[] | StoreError | undefined,
): Promise<readonly FollowUp[]> => kindOf(asked).follow(store, asked, firstOf(first));

const foundOf = async (
  store: AlertStore,
  asked: AskedSearch<Search>,
  first: readonly Answered[] | StoreError | undefined,
  followed: readonly Answered<FollowUp>[] | StoreError = [],
): Promise<Matched> => {
  const answers = firstOf(first);
  if (followed instanceof StoreError) throw followed;
  const result = await kindOf(asked).result(store, answers, followed);
  return { result, hits: totalOf(answers[0].answer) };
};

const firstOf = (answers: readonly Answered[] | StoreError = []): FirstAnswers => {
  if (answers instanceof StoreError) throw answers;
  const [main, ...further] = answers;
  if (main === undefined) throw new StoreError("STORE_SEARCH_FAILED", "A kind of search has asked for nothing.");
  return [main, ...further];
};
