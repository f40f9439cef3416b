import { type AlertContext, type AlertState, type Dns, messageOf } from "@mozdef/alert";
import {
  AlertError,
  askedField,
  askedQuery,
  type CountEvents,
  DEFAULT_INDICES,
  foundEvents,
  jsonWeight,
  type Log,
  type LookupOptions,
  searchedSource,
  type SourceChoice,
} from "@mozdef/alert/runtime";
import {
  type AlertStore,
  countByValue,
  countEvents,
  type EventCount,
  readDocument,
  searchNewest,
  type StateDocument,
} from "@mozdef/alert-store";
import type { SearchQuery } from "@mozdef/query";

/** The outside world as the service, or a test, provides it to alerts. */
export interface AlertServices {
  readonly log: Log;
  readonly dns: Dns;
  readonly fetch: typeof fetch;
}

/** A search that has left events out. */
export interface Cut {
  readonly taken: number;
  readonly total: number;
}

/** A context and what the alert wants to keep. */
export interface OpenContext {
  readonly context: AlertContext;
  /** What is to be kept so far, the last write of a document wins. */
  kept(): readonly StateDocument[];
  /** Searches of the alert that found more than they took, of which it has not asked whether that is all. */
  cuts(): readonly Cut[];
}

/** The run a context belongs to. */
export interface RunScope {
  /** The name of the alert. */
  readonly task: string;
  /** Where its events are. Default: in the service's own indices. */
  readonly choice?: SourceChoice | undefined;
  readonly now: Date;
  /** Read when the alert asks for it. */
  readonly signal: AbortSignal;
  /** Where problems go that an alert reports. Default: the log. */
  readonly report?: (problem: string) => void;
  /** What an earlier stage of the run wants to keep: the alert sees it as if it were stored. Default: nothing. */
  readonly kept?: readonly StateDocument[];
}

const DEFAULT_SIZE = 100;

/** The context of one stage of one run of one alert. */
export const openContext = (store: AlertStore, { log, dns, fetch }: AlertServices, run: RunScope): OpenContext => {
  const { task, choice, now, report, kept = [] } = run;
  const puts = new Map(kept.map((document) => [keyOf(document.index, document.id), document]));
  const cuts = new Set<Cut>();
  const scope = { task, choice, now };
  const context: AlertContext = {
    now,
    log,
    dns,
    get signal() {
      return run.signal;
    },
    report: report ?? ((problem) => log.error(problem)),
    fetch: (input, init) => fetch(input, { signal: run.signal, ...init }),
    search: searchIn(store, scope, cuts),
    count: countIn(store, scope),
    state: stateOf(store, { task, now, puts }),
  };
  return { context, kept: () => [...puts.values()], cuts: () => [...cuts] };
};

type SearchScope = Pick<RunScope, "task" | "choice" | "now">;

/** A query of an alert, where it looks and by the names used there. */
const lookup = (
  { task, choice, now }: SearchScope,
  query: SearchQuery,
  { indices = DEFAULT_INDICES, source: asked }: LookupOptions,
): EventCount => {
  const source = searchedSource(task, { indices, ...(asked !== undefined && { source: asked }) }, choice);
  return { now, source, query: askedQuery(source, query) };
};

const searchIn =
  (store: AlertStore, scope: SearchScope, cuts: Set<Cut>): AlertContext["search"] =>
  async (query, { size = DEFAULT_SIZE, newestBy, ...options } = {}) => {
    const asked = lookup(scope, query, options);
    const { source } = asked;
    const by = newestBy === undefined ? source.schema.time[0] : askedField(source, newestBy);
    const { hits, total } = await searchNewest(store, { ...asked, size, newestBy: by });
    const cut = { taken: hits.length, total };
    if (total > hits.length) cuts.add(cut);
    return foundEvents(hits, total, () => void cuts.delete(cut));
  };

const countIn = (store: AlertStore, scope: SearchScope): CountEvents => {
  const count = (query: SearchQuery, { by, ...options }: LookupOptions & { readonly by?: string } = {}) => {
    const asked = lookup(scope, query, options);
    return by === undefined ? countEvents(store, asked) : countByValue(store, asked, askedField(asked.source, by));
  };
  // One implementation of both forms: which of them it is, `by` says.
  return count as CountEvents;
};

interface StateScope extends Pick<RunScope, "task" | "now"> {
  readonly puts: Map<string, StateDocument>;
}

const stateOf = (store: AlertStore, { task, now, puts }: StateScope): AlertState => ({
  get: async (index, id) => puts.get(keyOf(index, id))?.source ?? (await readDocument(store, index, id)),
  find: async (index, query, { size = DEFAULT_SIZE } = {}) => {
    const source = searchedSource(task, { indices: [index] });
    return (await searchNewest(store, { query, now, source, size, allowMissingIndex: true })).hits;
  },
  put: (index, id, source) => {
    checkState(task, index, source);
    puts.set(keyOf(index, id), { index, id, source });
  },
});

/** Characters of what an alert keeps in one document. */
const MOST_STATE = 1_000_000;

/** What cannot be stored is found here, where it is the fault of this alert alone. */
const checkState = (task: string, index: string, source: object): void => {
  const fails = (received: string, cause?: unknown): AlertError =>
    new AlertError(
      "ALERT_STATE_INVALID",
      `${task} keeps in ${index} what cannot be stored. Expected: an object of values that JSON has, of at most ${MOST_STATE} characters. Received: ${received}.`,
      { cause },
    );
  let weight: number;
  try {
    weight = jsonWeight(source);
  } catch (cause) {
    throw fails(messageOf(cause), cause);
  }
  if (weight > MOST_STATE) throw fails(`about ${weight} characters`);
};

const keyOf = (index: string, id: string): string => JSON.stringify([index, id]);
