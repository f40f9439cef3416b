import type { Search } from "@mozdef/alert";
import type { PlannedSearch } from "@mozdef/alert/runtime";
import { compile, type SearchQuery } from "@mozdef/query";
import type { AlertStore } from "../alert-store.ts";
import { StoreError } from "../store-error.ts";
import { type Answered, answersTo } from "../requests/answers.ts";
import { asOf } from "./as-of.ts";
import { storeKindOf } from "./kinds/kinds.ts";
import type { AskedSearch, FirstAnswers, FollowUp } from "./kinds/search-kind.ts";
import { totalOf } from "../requests/msearch.ts";
import { type Found, type Matched, withoutCovered } from "./without-covered.ts";

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

const askedAt = (planned: PlannedSearch, now: Date): AskedSearch<Search> => {
  const compiled = (query: SearchQuery) => compile(query, asOf(planned.source, now)).query;
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
  const result = await kindOf(asked).result(store, asked, answers, followed);
  const { length } = storeKindOf(asked.planned.search).events(result);
  const [{ answer }] = answers;
  const missing = answer._shards.total === 0 && answer.isCut !== true ? asked.planned.source.indices : [];
  return { result, hits: Math.max(length, totalOf(answer)), missing };
};

const firstOf = (answers: readonly Answered[] | StoreError = []): FirstAnswers => {
  if (answers instanceof StoreError) throw answers;
  const [main, ...further] = answers;
  if (main === undefined) throw new StoreError("STORE_SEARCH_FAILED", "A kind of search has asked for nothing.");
  return [main, ...further];
};
