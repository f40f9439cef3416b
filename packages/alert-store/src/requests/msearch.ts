import type { QueryContainer } from "@mozdef/query";
import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { reasonOf, StoreError, storeError } from "../store-error.ts";

/** One search of a batch. */
export interface BatchedSearch {
  readonly indices: readonly string[];
  readonly body: Omit<estypes.SearchSearchRequestBody, "query"> & { readonly query: QueryContainer };
}

/** The answer to one search. */
export type WholeAnswer = estypes.MsearchMultiSearchItem;

/** A partial answer is an error: it would look like fewer events. */
export type BatchedAnswer = WholeAnswer | StoreError;

/** Searches in one request; the server refuses bodies over 100 MB. */
const CHUNK = 1_000;

/**
 * Runs many searches in one request (one for each 1,000). Answers come in order; a search that fails does not touch the others.
 *
 * @throws {StoreError} when the request as a whole fails.
 */
export const msearch = async (
  store: AlertStore,
  searches: readonly BatchedSearch[],
): Promise<readonly BatchedAnswer[]> => {
  const answers: BatchedAnswer[] = [];
  for (let start = 0; start < searches.length; start += CHUNK)
    answers.push(...(await msearchChunk(store, searches.slice(start, start + CHUNK))));
  return answers;
};

const msearchChunk = async (
  { client, names }: AlertStore,
  searches: readonly BatchedSearch[],
): Promise<readonly BatchedAnswer[]> => {
  try {
    const { responses } = await client.msearch({
      searches: searches.flatMap(({ indices, body }) => [{ index: indices.map(names.physical) }, body]),
    });
    return responses.map((response) => wholeAnswer(response));
  } catch (cause) {
    throw storeError(`Cannot run ${searches.length} searches`, cause);
  }
};

const wholeAnswer = (response: estypes.MsearchResponseItem): BatchedAnswer => {
  if ("error" in response) return failed(`${response.status}: ${reasonOf(response.error)}`, response.status >= 500);
  if (response.timed_out) return failed("it timed out", true);
  const { failures, total, failed: missing } = response._shards;
  if (missing > 0) return failed(`${missing} of ${total} shards failed: ${reasonOf(failures?.[0]?.reason)}`, true);
  return response;
};

const failed = (reason: string, retryable: boolean): StoreError =>
  new StoreError("STORE_SEARCH_FAILED", `The search failed: ${reason}`, { retryable });

/** How many events match. */
export const totalOf = (answer: WholeAnswer): number => {
  const { total } = answer.hits;
  return typeof total === "number" ? total : (total?.value ?? 0);
};
