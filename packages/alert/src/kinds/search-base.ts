import type { Duration, FieldName, SearchQuery } from "@mozdef/query";
import { durationMs, preview } from "@mozdef/query/tools";
import { AlertError } from "../alert-error.ts";
import { DEFAULT_INDICES } from "../source/default-indices.ts";

/** The options of every kind of search. */
export interface SearchOptions {
  /** Indices or aliases to look in. Default: `events` and `events-previous`, today's and yesterday's. */
  readonly indices?: readonly string[];
  /**
   * A source of the configuration. Field names are meant as they are there. Default: the service's own events, or the source that the
   * alert is given by the configuration, which then is asked in its own names.
   */
  readonly source?: string;
  /** Whether the window looks at the time of the event only, not at the time at which it came in. Default `any`. */
  readonly time?: "any" | "event";
  /**
   * The alert's own name, when one class stands for many rules (`AlertGenericLoader:ssh_open_crit`). Stored as `classname`
   * and in the marks of events, so each name alerts once for an event. Default: the class name.
   */
  readonly name?: string;
  /** Handed to the hook as `context.data`. */
  readonly data?: unknown;
  /**
   * How long an alert speaks for what is about the same: later events of its group (its `groupkey`) are added to it, and make no alert
   * of their own. Once there are ten times as many events as it began with, there is a new one. Default: every find is an alert.
   *
   * @example `{ hours: 1 }`
   */
  readonly quietFor?: Duration;
  /**
   * What an alert speaks for, and no later run alerts on again: `group`, every event of its group, or `events`, those that the alert
   * carries. Default `group`.
   */
  readonly covers?: "group" | "events";
}

/** The option of searches for a condition that ends: aggregations, spikes, percentages and silence. */
export interface EndingOptions {
  /**
   * An alert that is open and was not found again for so long is closed by the service, with the reason `resolved`. What comes after that
   * makes a new alert. With `quietFor` only. An alert of silence may say zero: it is closed as soon as events are back. Default: alerts
   * stay open until people close them.
   *
   * @example `{ minutes: 30 }`
   */
  readonly resolveAfter?: Duration;
}

/** What every search has, with defaults filled in. */
export interface SearchBase {
  readonly kind: string;
  readonly query: SearchQuery;
  /** Its other queries, for kinds that have several. Default: none. */
  readonly further: readonly SearchQuery[];
  readonly indices: readonly string[];
  readonly source: string | null;
  readonly time: "any" | "event";
  readonly name: string | null;
  readonly data: unknown;
  /** Milliseconds; null when every find is an alert. */
  readonly quietMs: number | null;
  /** Milliseconds after which an alert that is not found again is closed; null for those that people close. */
  readonly resolveMs: number | null;
  readonly covers: "group" | "events";
}

/** What a window may look at; JavaScript may say anything. */
const TIMES: readonly unknown[] = ["any", "event"];

const COVERS: readonly unknown[] = ["group", "events"];

const COMMON_OPTIONS = ["indices", "source", "time", "name", "data", "quietFor", "covers"];

/**
 * The part of a search that all kinds share, checked.
 *
 * @param own - Options that only this kind takes.
 * @throws {AlertError} `ALERT_SEARCH_INVALID` for an unknown option as well.
 */
export const searchBase = <Kind extends string>(
  kind: Kind,
  query: unknown,
  options: SearchOptions & EndingOptions,
  own: readonly string[] = [],
): SearchBase & { readonly kind: Kind } => {
  if (!isQuery(query)) throw invalidOption(kind, "query", "a SearchQuery", query);
  const {
    indices = DEFAULT_INDICES,
    source = null,
    time = "any",
    name = null,
    data,
    quietFor,
    covers = "group",
  } = options;
  const resolveMs = resolveMsOf(kind, options, own);
  for (const key of Object.keys(options))
    if (![...COMMON_OPTIONS, ...own].includes(key))
      throw invalidOption(kind, key, `no such option; known are ${[...own, ...COMMON_OPTIONS].join(", ")}`, key);
  if (!Array.isArray(indices) || indices.length === 0 || !indices.every(isName))
    throw invalidOption(kind, "indices", "a list of at least one index name", indices);
  if (source !== null && !isName(source)) throw invalidOption(kind, "source", "the name of a source", source);
  if (!TIMES.includes(time)) throw invalidOption(kind, "time", '"any" or "event"', time);
  if (name !== null && !isName(name)) throw invalidOption(kind, "name", "a non-empty string", name);
  if (!COVERS.includes(covers)) throw invalidOption(kind, "covers", '"group" or "events"', covers);
  const quietMs = quietFor === undefined ? null : msOf(kind, "quietFor", quietFor);
  return { kind, query, further: [], indices, source, time, name, data, quietMs, resolveMs, covers };
};

const resolveMsOf = (
  kind: string,
  { resolveAfter, quietFor }: SearchOptions & EndingOptions,
  own: readonly string[],
): number | null => {
  if (resolveAfter === undefined) return null;
  if (!own.includes("resolveAfter"))
    throw invalidOption(
      kind,
      "resolveAfter",
      `an aggregation, spike, percentage or noEvent: what ${kind} finds has no end`,
      resolveAfter,
    );
  if (quietFor === undefined) throw invalidOption(kind, "resolveAfter", "quietFor beside it", resolveAfter);
  return kind === "noEvent" && isZero(resolveAfter) ? 0 : msOf(kind, "resolveAfter", resolveAfter);
};

/** An amount of time that is valid but for being none. */
const isZero = (duration: Duration): boolean => {
  try {
    return (
      Object.keys(duration).length > 0 && durationMs({ ...duration, seconds: (duration.seconds ?? 0) + 1 }) === 1_000
    );
  } catch {
    return false;
  }
};

/** Milliseconds of an option that is an amount of time. @throws {AlertError} `ALERT_SEARCH_INVALID`. */
export const msOf = (kind: string, key: string, duration: Duration): number => {
  try {
    const ms = durationMs(duration);
    if (ms > 0) return ms;
  } catch {
    // Said below, as all options are.
  }
  throw invalidOption(kind, key, "an amount of time such as { hours: 1 }", duration);
};

/** Packs may bring their own copy of `@mozdef/query`, so the shape decides. */
export const isQuery = (value: unknown): value is SearchQuery =>
  typeof value === "object" && value !== null && "plan" in value && "must" in value;

export const isName = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

/** The names of fields that an option lists. @throws {AlertError} `ALERT_SEARCH_INVALID`. */
export const fieldsOf = (kind: string, key: string, given: FieldName | readonly FieldName[]): readonly FieldName[] => {
  const fields: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (fields.length === 0 || !fields.every(isName) || new Set(fields).size < fields.length)
    throw invalidOption(kind, key, "the name of a field, or a list of different ones", given);
  return Object.freeze([...(fields as readonly FieldName[])]);
};

/** The window of a query that has to have one, in milliseconds. @throws {AlertError} `ALERT_SEARCH_INVALID`. */
export const windowOf = (kind: string, { plan: { windowMs } }: SearchQuery): number => {
  if (windowMs !== null) return windowMs;
  throw invalidOption(kind, "query", "a query with a window, such as SearchQuery({ minutes: 5 })", "no window");
};

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;

export const invalidOption = (kind: string, key: string, expected: string, value: unknown): AlertError =>
  new AlertError(
    "ALERT_SEARCH_INVALID",
    `${kind}(query, options): wrong "${key}". Expected: ${expected}. Received: ${preview(value)}.`,
  );
