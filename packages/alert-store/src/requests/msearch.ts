import type { QueryContainer } from "@mozdef/query";
import type { estypes } from "@elastic/elasticsearch";
import type { SearchedSource } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { askedNames, type Reader, readerOf } from "./reader.ts";
import {
  isBreaker,
  isSearchLater,
  isTooLarge,
  isTooManyGroups,
  reasonOf,
  StoreError,
  storeError,
} from "../store-error.ts";

/** One search of a batch. */
export interface BatchedSearch {
  readonly indices: readonly string[];
  /** Where the indices are. Default: in the store itself, by its own names. */
  readonly source?: SearchedSource;
  readonly body: Omit<estypes.SearchSearchRequestBody, "query"> & { readonly query: QueryContainer };
}

/** The answer to one search. */
export type WholeAnswer = estypes.MsearchMultiSearchItem & {
  /** The events are too large to be sent at once, or the groups too many, and have to be paged. */
  readonly isCut?: true;
};

/** A partial answer is an error: it would look like fewer events. */
export type BatchedAnswer = WholeAnswer | StoreError;

/** Searches in one request; one of more than 10 MB is halved. */
const CHUNK = 1_000;

/**
 * Runs many searches in one request for each cluster (one for each 1,000). Answers come in order; a search that fails does not touch
 * the others, nor does another cluster that does not answer.
 *
 * @throws {StoreError} when a request to the store itself fails as a whole.
 */
export const msearch = async (
  store: AlertStore,
  searches: readonly BatchedSearch[],
): Promise<readonly BatchedAnswer[]> => {
  const clusters = new Map<string | null, BatchedSearch[]>();
  for (const search of searches) {
    const name = search.source?.isElsewhere === true ? search.source.name : null;
    const asked = clusters.get(name);
    if (asked === undefined) clusters.set(name, [search]);
    else asked.push(search);
  }
  const answers = new Map<BatchedSearch, BatchedAnswer>();
  await Promise.all(
    [...clusters].map(async ([name, asked]) => {
      const answered = await (name === null ? inChunks(store, asked) : elsewhere(store, asked));
      asked.forEach((search, index) => answers.set(search, answered[index] ?? notAnswered()));
    }),
  );
  return searches.map((search) => answers.get(search) ?? notAnswered());
};

/** In the place of an answer that is missing. */
export const notAnswered = (): StoreError =>
  new StoreError("STORE_SEARCH_FAILED", "The store answered fewer searches than asked.");

const elsewhere = async (store: AlertStore, searches: readonly BatchedSearch[]): Promise<readonly BatchedAnswer[]> => {
  try {
    return await inChunks(readerOf(store, searches[0]?.source), searches);
  } catch (cause) {
    const error = storeError(`Cannot search the cluster of the source ${searches[0]?.source?.name}`, cause);
    return searches.map(() => error);
  }
};

const inChunks = async (reader: Reader, searches: readonly BatchedSearch[]): Promise<readonly BatchedAnswer[]> => {
  const answers: BatchedAnswer[] = [];
  for (let start = 0; start < searches.length; start += CHUNK)
    answers.push(...(await msearchChunk(reader, searches.slice(start, start + CHUNK))));
  return answers;
};

const msearchChunk = async (store: Reader, searches: readonly BatchedSearch[]): Promise<readonly BatchedAnswer[]> => {
  const { client, names } = store;
  try {
    const { responses } = await client.msearch({
      searches: searches.flatMap(({ indices, source, body }) => [
        { index: indices.map(askedNames(names, source).physical) },
        body,
      ]),
    });
    return responses.map((response, index) => wholeAnswer(response, searches[index]));
  } catch (cause) {
    if (!isTooLarge(cause)) throw storeError(`Cannot run ${searches.length} searches`, cause);
    const half = Math.ceil(searches.length / 2);
    if (searches.length <= 1)
      return searches.map((search) => cutAnswer(search, storeError("The search failed", cause)));
    const before = await msearchChunk(store, searches.slice(0, half));
    return [...before, ...(await msearchChunk(store, searches.slice(half)))];
  }
};

/** Events that are too large to be sent at once can be paged, and so can groups that are too many; another search has failed. */
const cutAnswer = (search: BatchedSearch | undefined, error: StoreError): BatchedAnswer =>
  (search?.body.size ?? 0) === 0 && search?.body.aggs?.groups === undefined
    ? error
    : {
        status: 200,
        took: 0,
        timed_out: false,
        _shards: { total: 0, successful: 0, failed: 0 },
        hits: { hits: [] },
        isCut: true,
      };

const wholeAnswer = (response: estypes.MsearchResponseItem, search: BatchedSearch | undefined): BatchedAnswer => {
  const error = answerError(response);
  if (error === null) return response as WholeAnswer;
  return isBreaker(error.message) || isTooManyGroups(error.message) ? cutAnswer(search, error) : error;
};

const answerError = (response: estypes.MsearchResponseItem): StoreError | null => {
  if ("error" in response) {
    const { status, error } = response;
    return failed(`${status}: ${reasonOf(error)}`, isSearchLater(status, error));
  }
  if (response.timed_out) return failed("it timed out", true);
  const { failures, total, failed: missing } = response._shards;
  return missing > 0 ? failed(`${missing} of ${total} shards failed: ${reasonOf(failures?.[0]?.reason)}`, true) : null;
};

const failed = (reason: string, retryable: boolean): StoreError =>
  new StoreError("STORE_SEARCH_FAILED", `The search failed: ${reason}`, { retryable });

/** How many events match. */
export const totalOf = ({ hits: { total } }: Pick<estypes.SearchResponseBody, "hits">): number => {
  return typeof total === "number" ? total : (total?.value ?? 0);
};
