import type { AlertContext, AlertState, Dns, Hit } from "@mozdef/alert";
import type { Log } from "@mozdef/alert/runtime";
import { compile, type SearchQuery } from "@mozdef/query";
import { errors } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import type { StateDocument } from "../commit/state-document.ts";
import { hitOf } from "../search/hits.ts";
import { storeError } from "../store-error.ts";

/** The outside world as the service, or a test, provides it. */
export interface Surroundings {
  readonly log: Log;
  readonly dns: Dns;
  readonly fetch: typeof fetch;
}

/** A context and what the alert wants to keep. */
export interface OpenContext {
  readonly context: AlertContext;
  /** What was put so far, last write of a document wins. */
  state(): readonly StateDocument[];
}

const DEFAULT_INDICES = ["events", "events-previous"];
const DEFAULT_SIZE = 100;
const MOST = 10_000;

/** What a context is opened for. */
export interface RunOfContext {
  readonly now: Date;
  readonly signal: AbortSignal;
  /** Where problems go that an alert reports. Default: the log. */
  readonly report?: (problem: string) => void;
}

/** The context of one run of one alert. */
export const openContext = (
  store: AlertStore,
  { log, dns, fetch }: Surroundings,
  { now, signal, report }: RunOfContext,
): OpenContext => {
  const puts = new Map<string, StateDocument>();
  const context: AlertContext = {
    now,
    log,
    dns,
    signal,
    report: report ?? ((problem) => log.error(problem)),
    fetch: (input, init) => fetch(input, { signal, ...init }),
    search: (query, { indices = DEFAULT_INDICES, size = DEFAULT_SIZE, newestBy = "utctimestamp" } = {}) =>
      searchNewest(store, { query, now, indices, size, newestBy }),
    state: stateOf(store, puts, now),
  };
  return { context, state: () => [...puts.values()] };
};

const stateOf = (store: AlertStore, puts: Map<string, StateDocument>, now: Date): AlertState => ({
  get: async (index, id) => puts.get(keyOf(index, id))?.source ?? (await read(store, index, id)),
  find: (query_index, query, { size = DEFAULT_SIZE } = {}) =>
    searchNewest(store, { query, now, indices: [query_index], size, newestBy: null }),
  put: (index, id, source) => void puts.set(keyOf(index, id), { index, id, source }),
});

const keyOf = (index: string, id: string): string => JSON.stringify([index, id]);

const isMissing = (cause: unknown): boolean => cause instanceof errors.ResponseError && cause.statusCode === 404;

const read = async (
  { client, names }: AlertStore,
  index: string,
  id: string,
): Promise<StateDocument["source"] | null> => {
  try {
    const { _source } = await client.get<StateDocument["source"]>({ index: names.physical(index), id });
    return _source ?? null;
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw storeError(`Cannot read ${index}/${id}`, cause);
  }
};

interface NewestSearch {
  readonly query: SearchQuery;
  readonly now: Date;
  readonly indices: readonly string[];
  readonly size: number;
  readonly newestBy: string | null;
}

const searchNewest = async (
  { client, names }: AlertStore,
  { query, now, indices, size, newestBy }: NewestSearch,
): Promise<readonly Hit[]> => {
  try {
    const { hits } = await client.search({
      index: indices.map(names.physical),
      ...compile(query, { now }),
      size: Math.min(size, MOST),
      // A state index is created with its first document.
      ignore_unavailable: newestBy === null,
      ...(newestBy !== null && {
        sort: [{ [newestBy]: { order: "desc" as const, missing: "_last", unmapped_type: "date" as const } }],
      }),
    });
    return hits.hits.map((hit) => hitOf(hit, names));
  } catch (cause) {
    throw storeError(`Cannot search ${indices.join(",")}`, cause);
  }
};
