import { type FieldName, received, type SearchQuery } from "@mozdef/query";
import { AlertError } from "../alert-error.ts";

/** What may be said of every kind of search. */
export interface SearchOptions {
  /** Indices or aliases to look in. Default: `events` and `events-previous`, today's and yesterday's. */
  readonly indices?: readonly string[];
  /**
   * The alert's own name, when one class stands for many rules (`AlertGenericLoader:ssh_open_crit`). Stored as `classname`
   * and in the marks of events, so each name alerts once for an event. Default: the class name.
   */
  readonly name?: string;
  /** Anything; handed to the hook as `context.data`. */
  readonly data?: unknown;
}

export interface AggregationOptions extends SearchOptions {
  /** The field whose values make the groups. Events without it are left out. */
  readonly field: FieldName;
  /** Events that make an alert of a group, inclusive. Default 1. */
  readonly threshold?: number;
  /** Events of a group handed over as `events`, oldest first; `allEvents` always has all. Default 5. */
  readonly samplesLimit?: number;
}

/** What every search has, options filled in. */
export interface SearchBase {
  readonly query: SearchQuery;
  readonly indices: readonly string[];
  readonly name: string | null;
  readonly data: unknown;
}
/** 1:1: one alert for each event found. */
export interface EachEventSearch extends SearchBase {
  readonly kind: "eachEvent";
}
/** M:1: one alert for each group of events that reaches the threshold. */
export interface AggregationSearch extends SearchBase {
  readonly kind: "aggregation";
  readonly field: FieldName;
  readonly threshold: number;
  readonly samplesLimit: number;
}
/** Deadman: an alert when there is no event at all. */
export interface NoEventSearch extends SearchBase {
  readonly kind: "noEvent";
}

/** What `main` returns: data, not a running search. */
export type Search = EachEventSearch | AggregationSearch | NoEventSearch;

const DEFAULT_INDICES = Object.freeze(["events", "events-previous"]);

/** One alert for each event that matches; the task's `onEvent` is called with it. */
export const eachEvent = (query: SearchQuery, options: SearchOptions = {}): EachEventSearch =>
  Object.freeze({ kind: "eachEvent", ...base("eachEvent", query, options, []) });

/**
 * One alert for each group of events with the same value of `field`; the task's `onAggregation` is called with each group
 * of at least `threshold` events.
 *
 * @throws {AlertError} `ALERT_SEARCH_INVALID`.
 */
export const aggregation = (query: SearchQuery, options: AggregationOptions): AggregationSearch => {
  const { field, threshold = 1, samplesLimit = 5 } = options;
  if (!isName(field)) throw invalid("aggregation", "field", "the name of a field", field);
  if (!isCount(threshold)) throw invalid("aggregation", "threshold", "a whole number from 1", threshold);
  if (!isCount(samplesLimit) && samplesLimit !== Number.POSITIVE_INFINITY)
    throw invalid("aggregation", "samplesLimit", "a whole number from 1, or Infinity for all", samplesLimit);
  return Object.freeze({
    kind: "aggregation",
    ...base("aggregation", query, options, ["field", "threshold", "samplesLimit"]),
    field,
    threshold,
    samplesLimit,
  });
};

/** An alert when nothing matches; the task's `onNoEvent` is called. A failed search is an error of the run, never "no events". */
export const noEvent = (query: SearchQuery, options: SearchOptions = {}): NoEventSearch =>
  Object.freeze({ kind: "noEvent", ...base("noEvent", query, options, []) });

const COMMON_OPTIONS = ["indices", "name", "data"];

const base = (kind: string, query: unknown, options: SearchOptions, own: readonly string[]): SearchBase => {
  if (!isQuery(query)) throw invalid(kind, "query", "a SearchQuery", query);
  const { indices = DEFAULT_INDICES, name = null, data } = options;
  for (const key of Object.keys(options))
    if (![...COMMON_OPTIONS, ...own].includes(key))
      throw invalid(kind, key, `no such option; known are ${[...own, ...COMMON_OPTIONS].join(", ")}`, key);
  if (!Array.isArray(indices) || indices.length === 0 || !indices.every(isName))
    throw invalid(kind, "indices", "a list of at least one index name", indices);
  if (name !== null && !isName(name)) throw invalid(kind, "name", "a non-empty string", name);
  return { query, indices, name, data };
};

const isQuery = (value: unknown): value is SearchQuery =>
  typeof value === "object" && value !== null && "plan" in value && "must" in value;
const isName = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;

const invalid = (kind: string, key: string, expected: string, value: unknown): AlertError =>
  new AlertError(
    "ALERT_SEARCH_INVALID",
    `${kind}(query, options): wrong "${key}". Expected: ${expected}. Received: ${received(value)}.`,
  );

/** Whether what `main` returned is a search; packs may bring their own copy of this package, so the shape decides. */
export const isSearch = (value: unknown): value is Search =>
  typeof value === "object" &&
  value !== null &&
  "kind" in value &&
  ["eachEvent", "aggregation", "noEvent"].includes(String(value.kind)) &&
  "query" in value &&
  isQuery(value.query);
