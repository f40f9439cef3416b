import type { Clock } from "@mozdef/alert-engine";
import { type AlertStore, newEventId } from "@mozdef/alert-store";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { ParsedValue } from "../intake/parse-piece.ts";
import type { Underway } from "../intake/underway.ts";
import { isRefused, type Outcome, saveParsed } from "../intake/save-parsed.ts";

/** An event that waits to be saved. */
export interface Waiting {
  readonly parsed: ParsedValue;
  /** The address that it came from. */
  readonly sender: string;
  readonly receivedAt: Date;
  /** What it takes of the room of the queue. */
  readonly bytes: number;
}

export interface EventQueueOptions {
  readonly store: AlertStore;
  readonly clock: Pick<Clock, "sleep">;
  readonly underway: Underway;
  /** Bytes of events that may wait. */
  readonly maxBytes: number;
  readonly onOutcome: (event: Waiting, outcome: Outcome) => void;
  /** Told when there is room again after there was none. */
  readonly onRoom: () => void;
}

/** Events that are saved at once. An embedded store works some ten milliseconds on them, in which nothing else has its turn. */
const BATCH = 200;

/** How long fewer events wait for others to come along, in milliseconds: each saving costs what many events cost. */
const GATHER_MS = 10;

/** Before the same events are tried again while the store does not take them, in milliseconds. */
const RETRY_MS = 1_000;

/**
 * Saves events in the order of their arrival, many at once, and keeps them while the store is away. Each has its id before it is
 * sent, so that trying again doubles nothing.
 */
export class EventQueue {
  readonly #options: EventQueueOptions;
  readonly #stopped = new AbortController();
  #waiting: Waiting[] = [];
  #bytes = 0;
  #working: Promise<void> | undefined;
  #wasFull = false;

  constructor(options: EventQueueOptions) {
    this.#options = options;
  }

  /** Takes an event, or not when there is no room for it: of a sender that cannot wait. */
  add(event: Waiting): boolean {
    if (this.#bytes + event.bytes > this.#options.maxBytes && this.#waiting.length > 0) return false;
    this.push(event);
    return true;
  }

  /** Takes an event in any case. Its sender waits while the queue is full, so it is one piece of each that goes beyond. */
  push(event: Waiting): void {
    const { id = newEventId(event.receivedAt) } = event.parsed;
    this.#waiting.push({ ...event, parsed: { ...event.parsed, id } });
    this.#bytes += event.bytes;
    this.#options.underway.begin(event.receivedAt);
    this.#wasFull ||= this.isFull;
    this.#working ??= this.#work();
  }

  /** Whether senders that can wait should. */
  get isFull(): boolean {
    return this.#bytes >= this.#options.maxBytes / 2;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Resolves when everything that waits is saved or refused. */
  async drained(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  /** Gives up what the store does not take now. @returns how many events are lost by it. */
  async stop(): Promise<number> {
    this.#stopped.abort();
    await this.drained();
    return this.#waiting.length;
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather();
      const batch = this.#waiting.slice(0, BATCH);
      const done = await this.#save(batch);
      if (done) this.#remove(batch);
      else if (this.#stopped.signal.aborted) break;
      else await this.#options.clock.sleep(RETRY_MS, this.#stopped.signal);
    }
    this.#working = undefined;
  }

  /** Events that arrive together are saved together. An embedded store works in this thread: between batches the network has its turn. */
  async #gather(): Promise<void> {
    const isEnough = this.#waiting.length >= BATCH || this.#stopped.signal.aborted;
    await (isEnough ? setImmediate() : setTimeout(GATHER_MS));
  }

  #remove(batch: readonly Waiting[]): void {
    this.#waiting = this.#waiting.slice(batch.length);
    this.#bytes -= batch.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { receivedAt } of batch) this.#options.underway.end(receivedAt);
    if (!this.#wasFull || this.isFull) return;
    this.#wasFull = false;
    this.#options.onRoom();
  }

  /** @returns false when the store takes none of them now. */
  async #save(batch: readonly Waiting[]): Promise<boolean> {
    const [first] = batch;
    if (first === undefined) return true;
    const events = batch.map(({ parsed }) => parsed);
    const outcomes = await saveParsed(this.#options.store, events, { now: first.receivedAt });
    if (outcomes.some(isPassing)) return false;
    for (const [index, event] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome !== undefined) this.#options.onOutcome(event, outcome);
    }
    return true;
  }
}

const isPassing = (outcome: Outcome): boolean =>
  isRefused(outcome) && (outcome.status === 429 || outcome.status === 503);
