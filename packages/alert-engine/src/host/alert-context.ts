import type { AlertContext, AlertState, Dns } from "@mozdef/alert";
import { askedField, DEFAULT_INDICES, type Log, searchedSource, type SourceChoice } from "@mozdef/alert/runtime";
import { type AlertStore, readDocument, searchNewest, type StateDocument } from "@mozdef/alert-store";
import { translateQuery } from "@mozdef/query/tools";

/** The outside world as the service, or a test, provides it to alerts. */
export interface AlertServices {
  readonly log: Log;
  readonly dns: Dns;
  readonly fetch: typeof fetch;
}

/** A context and what the alert wants to keep. */
export interface OpenContext {
  readonly context: AlertContext;
  /** What is to be kept so far, the last write of a document wins. */
  kept(): readonly StateDocument[];
}

/** The run a context belongs to. */
export interface RunScope {
  /** The name of the alert. */
  readonly task: string;
  /** Where its events are. Default: in the service's own indices. */
  readonly choice?: SourceChoice | undefined;
  readonly now: Date;
  readonly signal: AbortSignal;
  /** Where problems go that an alert reports. Default: the log. */
  readonly report?: (problem: string) => void;
  /** What an earlier stage of the run wants to keep: the alert sees it as if it were stored. Default: nothing. */
  readonly kept?: readonly StateDocument[];
}

const DEFAULT_SIZE = 100;

/** The context of one stage of one run of one alert. */
export const openContext = (
  store: AlertStore,
  { log, dns, fetch }: AlertServices,
  { task, choice, now, signal, report, kept = [] }: RunScope,
): OpenContext => {
  const puts = new Map(kept.map((document) => [keyOf(document.index, document.id), document]));
  const context: AlertContext = {
    now,
    log,
    dns,
    signal,
    report: report ?? ((problem) => log.error(problem)),
    fetch: (input, init) => fetch(input, { signal, ...init }),
    search: searchIn(store, { task, choice, now }),
    state: stateOf(store, { task, now, puts }),
  };
  return { context, kept: () => [...puts.values()] };
};

type SearchScope = Pick<RunScope, "task" | "choice" | "now">;

const searchIn =
  (store: AlertStore, { task, choice, now }: SearchScope): AlertContext["search"] =>
  async (query, { indices = DEFAULT_INDICES, source: asked, size = DEFAULT_SIZE, newestBy } = {}) => {
    const source = searchedSource(task, { indices, ...(asked !== undefined && { source: asked }) }, choice);
    return searchNewest(store, {
      query: source.isTranslated ? translateQuery(query, source.schema) : query,
      now,
      source,
      size,
      newestBy: newestBy === undefined ? source.schema.time[0] : askedField(source, newestBy),
    });
  };

interface StateScope extends Pick<RunScope, "task" | "now"> {
  readonly puts: Map<string, StateDocument>;
}

const stateOf = (store: AlertStore, { task, now, puts }: StateScope): AlertState => ({
  get: async (index, id) => puts.get(keyOf(index, id))?.source ?? (await readDocument(store, index, id)),
  find: (index, query, { size = DEFAULT_SIZE } = {}) =>
    searchNewest(store, {
      query,
      now,
      source: searchedSource(task, { indices: [index] }),
      size,
      allowMissingIndex: true,
    }),
  put: (index, id, source) => void puts.set(keyOf(index, id), { index, id, source }),
});

const keyOf = (index: string, id: string): string => JSON.stringify([index, id]);
