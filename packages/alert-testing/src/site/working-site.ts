import type { estypes } from "@elastic/elasticsearch";
import type { AlertTask, Dns, EventSource, Hit } from "@mozdef/alert";
import {
  type AlertDocument,
  type AlertMessage,
  type AlertTaskClass,
  createTask,
  type Sources,
} from "@mozdef/alert/runtime";
import { runAlerts, type RunOptions, type RunResult, type AlertServices } from "@mozdef/alert-engine";
import { type AlertStore, decidedAlerts, ensureIndices, rotateIndices, saveEvents } from "@mozdef/alert-store";
import { TestingError } from "../testing-error.ts";
import { readClock } from "./clock.ts";
import { indexOfSource, looksAt, mappingsOf } from "./source-indices.ts";
import { withMarks } from "./with-marks.ts";
import type { SavedDocument, SiteRequest, SiteRunOptions, TestSite } from "./test-site.ts";

/** What a site is made of. */
export interface SiteParts {
  readonly clock: { now: Date };
  readonly store: AlertStore;
  readonly requests: readonly SiteRequest[];
  readonly services: AlertServices;
  readonly sources: Sources;
  /** Gets whether the clock has stayed on its first day. */
  readonly closeStore: (isReusable: boolean) => Promise<void>;
}

/** Documents read back at once: far more than most tests have. */
const MOST = 10_000;

type SearchHit<Source = unknown> = estypes.SearchHit<Source>;

/** The test site as the harness itself uses it. */
export class WorkingSite implements TestSite {
  readonly store: AlertStore;
  readonly requests: readonly SiteRequest[];
  readonly #parts: SiteParts;
  readonly #queued = new Map<string, AlertMessage>();
  /** Positions of events and alerts by address: a cluster moves documents when they are updated. */
  readonly #order = new Map<string, number>();
  /** Ids count up, so that events of the same time are in the order in which they were saved, in every run. */
  #events = 0;
  readonly #firstDay: string;
  /** The day whose indices are there. */
  #day: string;
  #isOpen = true;
  /** Indices with events of sources. */
  readonly #foreign = new Set<string>();
  /** Indices beside those of the day that are there. */
  readonly #made = new Set<string>();
  /** What was read last, and how many requests had written something by then. */
  readonly #read = new Map<string, { readonly writes: number; readonly documents: unknown }>();

  constructor(parts: SiteParts) {
    this.#parts = parts;
    this.store = parts.store;
    this.requests = parts.requests;
    this.#firstDay = dayOf(parts.clock.now);
    this.#day = this.#firstDay;
  }

  get now(): string {
    return this.#parts.clock.now.toISOString();
  }

  set now(text: string) {
    this.#parts.clock.now = readClock(text);
  }

  get client(): AlertStore["client"] {
    return this.store.client;
  }

  get dns(): Dns {
    return this.#parts.services.dns;
  }

  async saveEvent(event: object, options: { readonly index?: string } = {}): Promise<SavedDocument> {
    const [saved] = await this.saveEvents([event], options);
    if (saved !== undefined) return saved;
    throw new TestingError("TEST_EVENT_REFUSED", "The store said nothing about the event.");
  }

  async saveEvents(
    events: readonly object[],
    { index, refresh = false }: { readonly index?: string; readonly refresh?: boolean } = {},
  ): Promise<readonly SavedDocument[]> {
    await this.#ready();
    if (index !== undefined) await this.#make(index);
    const options = {
      now: this.#parts.clock.now,
      refresh,
      // A case may say that an event has alerted before.
      keepMarks: true,
      nextId: () => this.#nextId(),
      ...(index !== undefined && { index }),
    };
    const results = await saveEvents(this.store, events, options);
    return results.map((result, position) => {
      if (result.ok) return this.#remember({ _index: result._index, _id: result._id });
      const text = JSON.stringify(events[position]);
      throw new TestingError("TEST_EVENT_REFUSED", `The store refused an event: ${result.reason}. Received: ${text}.`);
    });
  }

  /** Saves events of a source as they are. */
  async saveSourceEvents(name: string, events: readonly object[]): Promise<void> {
    const source = this.#parts.sources[name];
    if (source === undefined) throw new TestingError("TEST_OPTION_INVALID", `The site has no source "${name}".`);
    const index = indexOfSource(source);
    this.#foreign.add(index);
    for (const event of events) await this.saveDocument(index, event, { id: this.#nextId() });
  }

  async saveDocument(index: string, document: object, { id }: { readonly id?: string } = {}): Promise<SavedDocument> {
    await this.#ready();
    await this.#make(index);
    const { _index, _id } = await this.client.index({ index, document, ...(id !== undefined && { id }) });
    return this.#remember({ _index, _id });
  }

  async refresh(): Promise<void> {
    await this.#ready();
    await this.client.indices.refresh({ index: "*" });
  }

  async run(task: AlertTaskClass, options: SiteRunOptions = {}): Promise<RunResult> {
    const { config, ...rest } = options;
    return this.runTask(createTask(task, config), rest);
  }

  /** {@link run} for a task that was made already. */
  async runTask(
    task: AlertTask<unknown>,
    options: Partial<RunOptions> & { readonly source?: string | undefined } = {},
  ): Promise<RunResult> {
    await this.#ready();
    const { services, sources, clock } = this.#parts;
    const [result] = await runAlerts(this.store, [task], { ...services, sources, now: clock.now, ...options });
    if (result === undefined) throw new Error(`runAlerts gave no result for ${task.name}`);
    if (result.alerts.length > 0 && options.dryRun !== true) await this.#noteAlerts(result.alerts);
    return result;
  }

  async alerts(): Promise<readonly Hit<AlertDocument>[]> {
    // Fields that are there only for searching are not part of what alerts make.
    return this.#documents<AlertDocument>("alerts-*", ["entities"]);
  }

  async events(): Promise<readonly Hit[]> {
    return this.#documents<EventSource>("events-*");
  }

  /** As {@link alerts}, for the harness: read again only when something was written since. Not to be changed. */
  alertsSoFar(): Promise<readonly Hit<AlertDocument>[]> {
    return this.#kept("alerts", () => this.alerts());
  }

  /** As {@link alertsSoFar}, the events. */
  eventsSoFar(): Promise<readonly Hit[]> {
    return this.#kept("events", async () => [...(await this.events()), ...(await this.#sourceEvents())]);
  }

  /** The events of sources that the site has saved, with the marks that own events would have. */
  async #sourceEvents(): Promise<readonly Hit[]> {
    if (this.#foreign.size === 0) return [];
    const events = await this.#documents<EventSource>([...this.#foreign].join());
    return withMarks(events, (await decidedAlerts(this.store, MOST)).covering);
  }

  #nextId(): string {
    return `event-${String(++this.#events).padStart(6, "0")}`;
  }

  async #kept<Documents>(name: string, read: () => Promise<Documents>): Promise<Documents> {
    const writes = this.requests.filter(isWrite).length;
    const kept = this.#read.get(name);
    if (kept?.writes === writes) return kept.documents as Documents;
    const documents = await read();
    this.#read.set(name, { writes, documents });
    return documents;
  }

  notifications(): readonly AlertMessage[] {
    return [...this.#queued.values()];
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#parts.closeStore(this.#day === this.#firstDay);
  }

  async #ready(): Promise<void> {
    if (!this.#isOpen)
      throw new TestingError("TEST_SITE_CLOSED", "The test site was closed: create one for each test.");
    const day = dayOf(this.#parts.clock.now);
    if (day === this.#day) return;
    this.#day = day;
    await rotateIndices(this.store, this.#parts.clock.now);
  }

  /** An index that is not there yet is made as the site's own, so that alerts may write to it. */
  async #make(index: string): Promise<void> {
    if (this.#made.has(index)) return;
    if (!(await this.client.indices.exists({ index }))) await this.#create(index);
    this.#made.add(index);
  }

  async #create(index: string): Promise<void> {
    const source = Object.values(this.#parts.sources).find((one) => looksAt(one, index));
    if (source === undefined) await ensureIndices(this.store, [index]);
    else await this.client.indices.create({ index, mappings: mappingsOf(source.schema) });
  }

  /** Alerts keep their order of creation; what was queued is read from the queue, not taken from the result. */
  async #noteAlerts(alerts: readonly AlertMessage[]): Promise<void> {
    for (const alert of alerts) this.#remember(alert);
    for (const alert of (await decidedAlerts(this.store, MOST)).alerts) this.#queued.set(keyOf(alert), alert);
  }

  #remember<Document extends SavedDocument>(document: Document): Document {
    const key = keyOf(document);
    if (!this.#order.has(key)) this.#order.set(key, this.#order.size);
    return document;
  }

  async #documents<Source>(index: string, excludes: string[] = []): Promise<readonly Hit<Source>[]> {
    await this.#ready();
    await this.client.indices.refresh({ index });
    const hits = await this.#everyHit<Source>(index, excludes);
    const documents = hits.map(({ _index, _id = "", _source }) => ({ _index, _id, _source: _source as Source }));
    const position = (document: SavedDocument): number => this.#order.get(keyOf(document)) ?? Number.MAX_SAFE_INTEGER;
    return documents.sort((a, b) => position(a) - position(b));
  }

  /** One search for what fits into it, as nearly always; page by page what does not. */
  async #everyHit<Source>(index: string, excludes: string[]): Promise<readonly SearchHit<Source>[]> {
    const { hits } = await this.client.search<Source>({ index, size: MOST, _source: { excludes } });
    if (hits.hits.length < MOST) return hits.hits;
    const { id } = await this.client.openPointInTime({ index, keep_alive: "1m" });
    try {
      const found: SearchHit<Source>[] = [];
      let after: SearchHit<Source>["sort"] = [];
      while (after !== undefined) {
        const page: readonly SearchHit<Source>[] = await this.#pageOf<Source>(id, { excludes, after });
        found.push(...page);
        after = page.length < MOST ? undefined : page.at(-1)?.sort;
      }
      return found;
    } finally {
      await this.client.closePointInTime({ id });
    }
  }

  async #pageOf<Source>(
    id: string,
    { excludes, after }: { readonly excludes: string[]; readonly after: NonNullable<SearchHit["sort"]> },
  ): Promise<readonly SearchHit<Source>[]> {
    const { hits } = await this.client.search<Source>({
      pit: { id, keep_alive: "1m" },
      size: MOST,
      _source: { excludes },
      // Any order does; that of the point in time decides between equal times.
      sort: [{ utctimestamp: { order: "asc", missing: "_last", unmapped_type: "date" } }],
      ...(after.length > 0 && { search_after: after }),
    });
    return hits.hits;
  }
}

/** Requests by these paths change nothing that is read back. */
const READS = /\/_(?:search|msearch|mget|count|refresh|pit)$/;

const isWrite = ({ method, path }: SiteRequest): boolean => method !== "GET" && method !== "HEAD" && !READS.test(path);

const keyOf = ({ _index, _id }: SavedDocument): string => `${_index}/${_id}`;

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);
