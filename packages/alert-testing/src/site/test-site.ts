import type { Client } from "@elastic/elasticsearch";
import type { Dns, Hit } from "@mozdef/alert";
import type {
  AlertDocument,
  AlertMessage,
  AlertPlugin,
  AlertTaskClass,
  Log,
  PackIndices,
  Sources,
} from "@mozdef/alert/runtime";
import type { RunOptions, RunResult } from "@mozdef/alert-engine";
import type { FieldKinds } from "@mozdef/query";

/** A request that reached the store. */
export interface SiteRequest {
  readonly method: string;
  /** With logical index names, without the query string. */
  readonly path: string;
  /** From the client's call of the connection to the whole answer. */
  readonly ms: number;
}

/** The address of something saved. */
export interface SavedDocument {
  readonly _index: string;
  readonly _id: string;
}

export interface TestSiteOptions {
  /** The clock, ISO 8601. Default `2017-01-01T01:00:00Z`. */
  readonly now?: string;
  /** Fields that the alert's pack declares (`definePack({ fields })`): the store maps them so. Default: MozDef's alone. */
  readonly fields?: FieldKinds;
  /** Indices that its pack keeps documents in (`definePack({ indices })`). Default: those of MozDef's own alerts. */
  readonly indices?: PackIndices;
  /**
   * Sources of events by their names, as `sources` of the configuration; all of them are in the store of the site. Documents saved
   * where one of them looks are indexed by its kinds. Default: none.
   */
  readonly sources?: Sources;
  /** Names by address; `*` is any other, null is "no name". Default: MozDef's stub (10.2.3.4 has its own, all others one). */
  readonly reverseDns?: Readonly<Record<string, string | null>>;
  /** What alerts and plugins get as `fetch`. Default: refuses every request. */
  readonly fetch?: typeof fetch;
  /** Where alerts log to. Default: nowhere. */
  readonly log?: Log;
  /** A real cluster instead of the embedded store. Default: the environment variable `MOZDEF_TEST_ELASTICSEARCH`, else embedded. */
  readonly elasticsearch?: string;
}

export interface SiteRunOptions extends Pick<RunOptions, "rewrite" | "dryRun"> {
  /** Configuration of the alert. Default: the defaults of its schema. */
  readonly config?: unknown;
  /** The source of events that the alert is given, one of the site's. Default: MozDef's own events. */
  readonly source?: string;
  /** Default: none. */
  readonly plugins?: readonly AlertPlugin[];
}

/** A store, a clock and a network of one's own, on which alerts run exactly as in the service. */
export interface TestSite {
  /** The clock, ISO 8601. Moving it over midnight moves the daily indices, too. */
  now: string;
  /** The official client. Index names are logical, on the embedded store and on a cluster. */
  readonly client: Client;
  /** Every request that reached the store, in order of the answers. */
  readonly requests: readonly SiteRequest[];
  /** What alerts get as `dns`. */
  readonly dns: Dns;
  /**
   * Saves an event as intake does: missing default fields are added.
   *
   * @param options.index - Another index or alias than the day's.
   * @throws {TestingError} `TEST_EVENT_REFUSED` with the reason of the store.
   */
  saveEvent(event: object, options?: { readonly index?: string }): Promise<SavedDocument>;
  /** {@link saveEvent} for many, in one request. */
  saveEvents(events: readonly object[], options?: { readonly index?: string }): Promise<readonly SavedDocument[]>;
  /** Saves a document as it is, in an index (created when absent) or under an alias. */
  saveDocument(index: string, document: object, options?: { readonly id?: string }): Promise<SavedDocument>;
  /** Makes everything saved visible to searches. */
  refresh(): Promise<void>;
  /** Runs an alert at `now`: searches, plugins, commit, deliveries. Does not throw for what the alert does wrong: see `health`. */
  run(task: AlertTaskClass, options?: SiteRunOptions): Promise<RunResult>;
  /** Alerts in order of creation. */
  alerts(): Promise<readonly Hit<AlertDocument>[]>;
  /** Events in the order saved, with their marks. */
  events(): Promise<readonly Hit[]>;
  /** What was queued for actions so far. */
  notifications(): readonly AlertMessage[];
  /** Frees the store; on a cluster removes everything the site has made. */
  close(): Promise<void>;
}
