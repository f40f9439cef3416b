import { type AlertStore, removeRunner, type RunnerRecord, renewRunner, SHARDS } from "@mozdef/alert-store";
import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { EngineObserver } from "../engine-observer.ts";
import type { LiveRunner } from "./live-runner.ts";
import { dealShards, ownerOf } from "./rendezvous.ts";

/** The part of the work that this runner does. */
export interface Share {
  /** The shards of alerts that it runs at present: none when others may take it for dead. */
  readonly shards: ReadonlySet<number>;
  /** Another number whenever runners have come or gone, as far as is known. */
  readonly generation: number;
  /** Runners that are alive, itself included, in order of their ids. */
  readonly runners: readonly LiveRunner[];
  /** Whether it does a piece of work at present, such as sending to a target. */
  has(work: string): boolean;
  /** Says that it is there and looks who else is. Due before each look at the clock; cheap in between. @throws {StoreError} */
  renew(): Promise<void>;
  /** Leaves its part to the others. @throws {StoreError} */
  release(): Promise<void>;
}

/** What a runner says of itself. */
export type RunnerAbout = Pick<RunnerRecord, "version" | "packs" | "standstill">;

const allShards: ReadonlySet<number> = new Set(Array.from({ length: SHARDS }, (_, shard) => shard));

/** All of the work: of an embedded store, which only one process can open. */
export const soleShare = (host: string, about: () => RunnerAbout): Share => ({
  shards: allShards,
  generation: 1,
  get runners() {
    return [{ id: host, renewals: 1, host, ...about(), isSelf: true, shards: allShards }];
  },
  has: () => true,
  renew: () => Promise.resolve(),
  release: () => Promise.resolve(),
});

/**
 * A runner whose number has not grown for so long is taken for dead. Short, so that others take over within ten seconds; should it
 * only have been slow, two run the same alerts for a while, and the ledger has each slot decided once.
 */
const LAPSES_MS = 7_500;

const RENEWAL_MS = LAPSES_MS / 4;

/** Within that time all others have seen one that is new, and have left its part to it. */
const JOINS_MS = 5_000;

/** Then the record of a dead one is deleted. */
const BURIED_MS = 60_000;

/** The part of one of several runners on a cluster. */
export const sharedWork = (
  store: AlertStore,
  clock: Pick<Clock, "elapsedMs">,
  about: () => RunnerAbout,
  observer: EngineObserver = {},
): Share => new SharedWork(store, clock, about, observer);

interface Seen {
  readonly record: RunnerRecord;
  /** When its number was seen to grow, by one's own clock. */
  readonly since: number;
}

class SharedWork implements Share {
  readonly #id = randomUUID();
  readonly #store: AlertStore;
  readonly #clock: Pick<Clock, "elapsedMs">;
  readonly #about: () => RunnerAbout;
  readonly #observer: EngineObserver;
  #renewals = 0;
  #renewedAt = Number.NEGATIVE_INFINITY;
  /** From when on it works: others have to have seen it first. */
  #worksFrom = Number.POSITIVE_INFINITY;
  #seen = new Map<string, Seen>();
  #dealt: ReadonlyMap<string, ReadonlySet<number>> = new Map();
  #generation = 0;

  constructor(store: AlertStore, clock: Pick<Clock, "elapsedMs">, about: () => RunnerAbout, observer: EngineObserver) {
    this.#store = store;
    this.#clock = clock;
    this.#about = about;
    this.#observer = observer;
  }

  get shards(): ReadonlySet<number> {
    return (this.#isWorking ? this.#dealt.get(this.#id) : undefined) ?? NONE;
  }

  get generation(): number {
    return this.#isWorking ? this.#generation : 0;
  }

  get runners(): readonly LiveRunner[] {
    return [...this.#dealt].flatMap(([id, shards]) => {
      const record = this.#seen.get(id)?.record;
      if (record === undefined) return [];
      return [{ ...record, isSelf: id === this.#id, shards }];
    });
  }

  has(work: string): boolean {
    return this.#isWorking && ownerOf([...this.#dealt.keys()], work) === this.#id;
  }

  async renew(): Promise<void> {
    const asked = this.#clock.elapsedMs();
    if (asked - this.#renewedAt < RENEWAL_MS) return;
    this.#renewals += 1;
    const own = { id: this.#id, renewals: this.#renewals, host: this.#store.hostname, ...this.#about() };
    const records = await renewRunner(this.#store, own);
    const wasAway = asked - this.#renewedAt > LAPSES_MS;
    this.#seen = this.#look([own, ...records.filter(({ id }) => id !== this.#id)], asked, wasAway);
    this.#renewedAt = asked;
    const living = [...this.#seen].flatMap(([id, { since }]) => (asked - since <= LAPSES_MS ? [id] : [])).sort();
    // Others may have come and gone meanwhile, and have run what it runs.
    if (wasAway) this.#generation += 1;
    if (wasAway) this.#worksFrom = living.length === 1 ? asked : asked + JOINS_MS;
    this.#deal(living);
    for (const [id, { since }] of this.#seen) if (asked - since > BURIED_MS) await removeRunner(this.#store, id);
  }

  async release(): Promise<void> {
    this.#renewedAt = Number.NEGATIVE_INFINITY;
    await removeRunner(this.#store, this.#id);
  }

  get #isWorking(): boolean {
    const now = this.#clock.elapsedMs();
    return now - this.#renewedAt <= LAPSES_MS && now >= this.#worksFrom;
  }

  /** @param wasAway - Whether it has not looked for so long that it does not know who was silent meanwhile. */
  #look(records: readonly RunnerRecord[], now: number, wasAway: boolean): Map<string, Seen> {
    const seen = new Map<string, Seen>();
    for (const record of records) {
      const known = this.#seen.get(record.id);
      const isSilent = !wasAway && known?.record.renewals === record.renewals;
      seen.set(record.id, { record, since: isSilent ? known.since : now });
    }
    return seen;
  }

  #deal(living: readonly string[]): void {
    const before = [...this.#dealt.keys()];
    if (before.length === living.length && before.every((id, index) => id === living[index])) return;
    this.#dealt = dealShards(living, SHARDS);
    this.#generation += 1;
    this.#observer.onRunners?.(this.runners);
  }
}

const NONE: ReadonlySet<number> = new Set();
