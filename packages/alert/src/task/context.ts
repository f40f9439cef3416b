import type { FieldName, SearchQuery } from "@mozdef/query";
import type { Hit } from "../document/event.ts";
import type { FoundEvents } from "../document/found-events.ts";
import type { Dns } from "../helpers/addresses.ts";

/** The log of the service, for the people who run it. */
export interface Log {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Where {@link AlertContext.search} and {@link AlertContext.count} look. */
export interface LookupOptions {
  /** Default: `events` and `events-previous`, or where the alert looks by its configuration. */
  readonly indices?: readonly string[];
  /** As the option of searches. */
  readonly source?: string;
}

/** The options of {@link AlertContext.search}. */
export interface ContextSearchOptions extends LookupOptions {
  /** Maximum number of events. Default 100, at most 10,000. */
  readonly size?: number;
  /** Field to sort by, newest or greatest first. Default: the time of the event. */
  readonly newestBy?: string;
}

/** How many events have a value. */
export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

/** Counts events in the store, exactly and however many there are: none of them is fetched. */
export interface CountEvents {
  /** By each value of a field, most first, then by value. An event counts once for each value of a list. */
  (query: SearchQuery, options: LookupOptions & { readonly by: FieldName }): Promise<readonly ValueCount[]>;
  /** All that match. */
  (query: SearchQuery, options?: LookupOptions): Promise<number>;
}

/** What an alert keeps between runs. Documents written are stored in the same commit as the alerts of the run. */
export interface AlertState {
  /** The document as it was when the run started, or as this run has put it; null when it does not exist. */
  get(index: string, id: string): Promise<Readonly<Record<string, unknown>> | null>;
  /** Documents that match; what this run has put is not among them. */
  find(index: string, query: SearchQuery, options?: { readonly size?: number }): Promise<readonly Hit[]>;
  /**
   * Stores the document when the run is committed. The index is created when absent; it is one that the pack declares under `indices`, or has
   * the name of one before a hyphen: any other is the failure of the alert, `ALERT_STATE_FOREIGN`.
   */
  put(index: string, id: string, document: Readonly<Record<string, unknown>>): void;
}

/** An alert's only access to the outside world; tests replace every part. */
export interface AlertContext {
  /** The schedule slot of this run, not the time of the machine. */
  readonly now: Date;
  readonly log: Log;
  /**
   * Reports a problem that does not end the run: a rule that cannot be read, a service that does not answer. The run is
   * recorded as failed, with the problem; its alerts are stored nevertheless.
   */
  readonly report: (problem: string) => void;
  /** Aborted when the run has exceeded its time or the service stops. */
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
  readonly dns: Dns;
  /**
   * Looks up further events, the newest first. When there are more than `size`, the rest is left out: ask `isComplete` or `total`
   * of what was found, or the run warns that the alert may be blind.
   */
  search(query: SearchQuery, options?: ContextSearchOptions): Promise<FoundEvents>;
  /** Counts events, all of them or by the values of a field. */
  readonly count: CountEvents;
  readonly state: AlertState;
}

/** The second argument of every hook. */
export interface HookContext<Data = unknown> extends AlertContext {
  /** What `main` gave to the search as `data`. */
  readonly data: Data;
}
