import { messageOf, type Search } from "@mozdef/alert";
import { AlertError, groupEvents, type PlannedSearch, type SearchResult } from "@mozdef/alert/runtime";
import type { SearchQuery } from "@mozdef/query";
import { compileShared, compileWindow } from "@mozdef/query/tools";
import type { AlertStore } from "../alert-store.ts";
import type { CoveredAmong } from "../coverage/covered-events.ts";
import { type Answered, answersTo } from "../requests/answers.ts";
import { type BatchedSearch, totalOf } from "../requests/msearch.ts";
import { StoreError } from "../store-error.ts";
import { asOf } from "./as-of.ts";
import { storeKindOf } from "./kinds/kinds.ts";
import type { AskedSearch, Asking, KeysOf } from "./kinds/search-kind.ts";
import { type Found, type Matched, withoutCovered } from "./without-covered.ts";

/** What searches are answered for. */
export interface FindScope {
  /** The schedule slot: the end of every window. */
  readonly now: Date;
  /** Groups by the code of alerts. Default: it is called here, where it is at hand. */
  readonly keysOf?: KeysOf;
  /** Says what alerts have covered before. Default: what is noted in the store. */
  readonly covered?: CoveredAmong | undefined;
}

/** What came of a search: what it found, or what failed. */
export type Outcome = Found | StoreError | AlertError;

/**
 * Runs the searches of any number of alerts together, in as many requests as the one that asks most often: one when all are quiet, or two
 * for kinds that compare, one or two more when something fires, one that asks what was covered before. Further ones only for
 * results above 1,000 events or 10,000 groups.
 *
 * Results come in order; a search that fails is an error in its place.
 *
 * @throws {StoreError} when the store does not answer at all.
 */
export const find = async (
  store: AlertStore,
  searches: readonly PlannedSearch[],
  scope: FindScope,
): Promise<readonly Outcome[]> => {
  const running = searches.map((planned) => new Running(store, planned, scope));
  let waiting: readonly Running[] = running;
  await Promise.all(waiting.map((one) => one.start()));
  for (;;) {
    waiting = waiting.filter((one) => one.wanted !== null);
    if (waiting.length === 0) break;
    const answers = await answersTo(
      store,
      waiting.map(({ wanted }) => wanted ?? []),
    );
    await Promise.all(waiting.map((one, index) => one.take(answers[index] ?? [])));
  }
  return withoutCovered(
    store,
    searches,
    running.map(({ outcome }) => outcome ?? unanswered()),
    scope.covered,
  );
};

const unanswered = (): StoreError => new StoreError("STORE_SEARCH_FAILED", "A search was not answered.");

/** One search on its way through the rounds. An error of it stays with it. */
class Running {
  readonly #store: AlertStore;
  readonly #planned: PlannedSearch;
  readonly #scope: FindScope;
  #asking: Asking<SearchResult> | undefined;
  #first: Answered | undefined;
  /** What it asks next; null when it is done. */
  wanted: readonly BatchedSearch[] | null = null;
  /** Null until it is done. */
  outcome: Matched | StoreError | AlertError | null = null;

  constructor(store: AlertStore, planned: PlannedSearch, scope: FindScope) {
    this.#store = store;
    this.#planned = planned;
    this.#scope = scope;
  }

  async start(): Promise<void> {
    await this.#go([]);
  }

  async take(answers: readonly Answered[] | StoreError): Promise<void> {
    this.wanted = null;
    if (answers instanceof StoreError) {
      this.outcome = answers;
      return;
    }
    this.#first ??= answers[0];
    await this.#go(answers);
  }

  async #go(answers: readonly Answered[]): Promise<void> {
    try {
      this.#asking ??= storeKindOf(this.#planned.search).ask(askedAt(this.#store, this.#planned, this.#scope));
      const { done = false, value } = await this.#asking.next(answers);
      if (done) this.outcome = this.#matched(value as SearchResult);
      else this.wanted = value as readonly BatchedSearch[];
    } catch (cause) {
      this.outcome =
        cause instanceof StoreError || cause instanceof AlertError ? cause : failureOf(this.#planned, cause);
    }
  }

  #matched(result: SearchResult): Matched {
    const { length } = storeKindOf(this.#planned.search).events(result);
    const answer = this.#first?.answer;
    const isNowhere = answer?._shards.total === 0 && answer.isCut !== true;
    return {
      result,
      hits: Math.max(length, answer === undefined ? 0 : totalOf(answer)),
      missing: isNowhere ? this.#planned.source.indices : [],
    };
  }
}

/** Whatever it is, it is the failure of this search alone. */
const failureOf = ({ name }: PlannedSearch, cause: unknown): AlertError =>
  new AlertError("ALERT_SEARCH_INVALID", `${name}: a search cannot be asked: ${messageOf(cause)}`, { cause });

const askedAt = (store: AlertStore, planned: PlannedSearch, { now, keysOf }: FindScope): AskedSearch<Search> => {
  const options = asOf(planned.source, now);
  const compiled = (query: SearchQuery) => compileShared(query, options).query;
  return {
    store,
    planned,
    query: compiled(planned.query),
    compile: compiled,
    window: (windowMs) => compileWindow(windowMs, options.now, planned.source.schema),
    keysOf: keysOf ?? keysHere,
  };
};

/** Without a host that goes on, an event on which the code fails is the failure of the search. */
const keysHere: KeysOf = ({ name, search }, events) => {
  const groupBy = search.kind === "aggregation" ? search.groupBy : null;
  const { keys, errors } = groupEvents(name, groupBy ?? { place: 0 }, events);
  const [first] = errors;
  return first === undefined ? Promise.resolve(keys) : Promise.reject(first);
};
