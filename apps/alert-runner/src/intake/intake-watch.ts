import type { Clock } from "@mozdef/alert-engine";
import type { FastifyBaseLogger } from "fastify";
import type { Metrics } from "../metrics.ts";
import { MinuteCount } from "./minute-count.ts";
import { isRefused, type Outcome } from "./save-parsed.ts";
import { type SenderCount, SenderCounts } from "./sender-counts.ts";

/** What senders were refused under one error code. */
export interface Refusals {
  /** Since the service was started. */
  readonly total: number;
  readonly last: Date;
  /** Why, the last time. */
  readonly example: string;
}

/** The way in and the parser of an event. */
export interface Origin {
  readonly via: string;
  readonly parser: string;
}

/** An origin, and who sent the event: a token by its name, or an address. */
export interface Arrived extends Origin {
  readonly sender: string;
}

/** What became of the events of one origin since the start. */
export interface OriginCounts extends Origin {
  readonly whole: number;
  /** Saved with something changed or not indexed; one event may have several reasons. */
  readonly inPart: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly refused: number;
  /** How many came in the last minute. */
  readonly lastMinute: number;
  readonly last: Date;
}

/** {@link OriginCounts} that grow: there is one for each event. */
type Counting = { -readonly [Key in keyof Omit<OriginCounts, "lastMinute">]: OriginCounts[Key] } & {
  readonly reasons: Record<string, number>;
  readonly recent: MinuteCount;
};

export interface IntakeWatchOptions {
  readonly clock: Clock;
  readonly metrics: Pick<
    Metrics,
    "eventsRead" | "eventsSaved" | "eventsRefused" | "eventsKeptInPart" | "requestsRefused"
  >;
  readonly log: FastifyBaseLogger;
}

/** The log has one line in this time for each code: a sender that repeats itself must not fill it. */
const LOG_EVERY_MS = 60_000;
const MAX_EXAMPLE = 300;
const MOST_SHOWN = 100;

/** Remembers what became of events, so that `/status`, metrics and the log can say when some are lost or held back. */
export class IntakeWatch {
  readonly #options: IntakeWatchOptions;
  readonly #events = new Map<string, Refusals>();
  readonly #requests = new Map<string, Refusals>();
  readonly #logged = new Map<string, number>();
  /** By the way and the parser. */
  readonly #origins = new Map<string, Map<string, Counting>>();
  readonly #senders = new SenderCounts();
  #saved = 0;
  #keptInPart = 0;

  constructor(options: IntakeWatchOptions) {
    this.#options = options;
  }

  /** What became of one event. */
  count(outcome: Outcome, origin: Arrived): void {
    const { eventsRead, eventsSaved, eventsRefused, eventsKeptInPart } = this.#options.metrics;
    this.#countOrigin(outcome, origin);
    this.#senders.count(origin.sender, isRefused(outcome), this.#options.clock.now());
    eventsRead.inc({ via: origin.via, parser: origin.parser });
    if (isRefused(outcome)) {
      eventsRefused.inc({ code: outcome.code });
      this.#note(this.#events, outcome.code, outcome.reason, "events are refused");
      return;
    }
    this.#saved += 1;
    eventsSaved.inc();
    for (const why of outcome.damage) eventsKeptInPart.inc({ why });
    if (outcome.damage.length > 0) this.#keptInPart += 1;
  }

  /** Requests that were refused before their events were looked at. @param count - Of those that were for the same reason. Default 1. */
  refuse(code: string, reason: string, count = 1): void {
    this.#options.metrics.requestsRefused.inc({ code }, count);
    this.#note(this.#requests, code, reason, "requests with events are refused", count);
  }

  /** Events saved since the service was started. */
  get saved(): number {
    return this.#saved;
  }

  /** Of the saved ones, those in which bytes were replaced that are not UTF-8, or the name of a field was cut. */
  get keptInPart(): number {
    return this.#keptInPart;
  }

  get refusedEvents(): ReadonlyMap<string, Refusals> {
    return this.#events;
  }

  get refusedRequests(): ReadonlyMap<string, Refusals> {
    return this.#requests;
  }

  /** What came by which way and was read by which parser, most first. */
  get origins(): readonly OriginCounts[] {
    const total = ({ whole, inPart, refused }: OriginCounts): number => whole + inPart + refused;
    const all = [...this.#origins.values()].flatMap((ofWay) => [...ofWay.values()]);
    const now = this.#options.clock.now();
    return all
      .map(({ recent, reasons, ...counts }) => ({ ...counts, reasons: { ...reasons }, lastMinute: recent.at(now) }))
      .sort((a, b) => total(b) - total(a));
  }

  /** Who sent most, first; a hundred at most. */
  get senders(): readonly SenderCount[] {
    return this.#senders.most(MOST_SHOWN, this.#options.clock.now());
  }

  #countOrigin(outcome: Outcome, { via, parser }: Origin): void {
    const counts = this.#countsOf(via, parser);
    counts.last = this.#options.clock.now();
    counts.recent.add(counts.last);
    if (isRefused(outcome)) counts.refused += 1;
    else if (outcome.damage.length === 0) counts.whole += 1;
    else {
      counts.inPart += 1;
      for (const why of outcome.damage) counts.reasons[why] = (counts.reasons[why] ?? 0) + 1;
    }
  }

  #countsOf(via: string, parser: string): Counting {
    const ofWay = this.#origins.get(via) ?? new Map<string, Counting>();
    const known = ofWay.get(parser);
    if (known !== undefined) return known;
    const counts = {
      ...{ via, parser, whole: 0, inPart: 0, reasons: {}, refused: 0 },
      ...{ recent: new MinuteCount(), last: this.#options.clock.now() },
    };
    this.#origins.set(via, ofWay.set(parser, counts));
    return counts;
  }

  #note(refusals: Map<string, Refusals>, code: string, reason: string, what: string, count = 1): void {
    const now = this.#options.clock.now();
    const example = reason.slice(0, MAX_EXAMPLE);
    refusals.set(code, { total: (refusals.get(code)?.total ?? 0) + count, last: now, example });
    const key = `${what} ${code}`;
    if (now.getTime() - (this.#logged.get(key) ?? -Infinity) < LOG_EVERY_MS) return;
    this.#logged.set(key, now.getTime());
    this.#options.log.warn({ code, reason: example }, what);
  }
}
