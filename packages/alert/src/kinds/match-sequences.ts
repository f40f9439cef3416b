import type { Hit } from "../document/event.ts";

/** An event at a place of a sequence. */
export interface SequenceEvent {
  readonly hit: Hit;
  /** Milliseconds. */
  readonly time: number;
}

/** For each place that happens its events, in order. */
export type Steps = readonly (readonly SequenceEvent[])[];

/** What is looked for. */
export interface SequencePattern {
  readonly places: readonly { readonly times: number; readonly isAbsent: boolean }[];
  /** Whether the last place must not happen anywhere between first and last. */
  readonly isNeverBetween: boolean;
  readonly withinMs: number;
}

/** An event with the place at which it fits. One that fits at several comes once for each. */
interface Entry extends SequenceEvent {
  readonly place: number;
  readonly order: number;
}

/** Events that make a beginning of the sequence; the last one, and those before. */
interface Chain {
  readonly entry: Entry;
  readonly before: Chain | null;
  /** Of the first event. */
  readonly start: number;
}

/**
 * The sequences among the events of one key, in order, without an event in two of them.
 *
 * Of the beginnings that wait for the same event the latest is taken: whatever comes, it is over in time if any is. Events of
 * the same time count in the order of the places.
 *
 * @param fitting - For each place the events that fit there.
 * @param now - A sequence that ends with what must not happen waits until its time is over.
 */
export const matchSequences = (
  pattern: SequencePattern,
  fitting: readonly (readonly SequenceEvent[])[],
  now: number,
): readonly Steps[] => {
  const matching = new Matching(pattern, entriesOf(fitting));
  return matching.all(now);
};

const entriesOf = (fitting: readonly (readonly SequenceEvent[])[]): readonly Entry[] =>
  fitting
    .flatMap((events, place) => events.map((event) => ({ ...event, place, order: 0 })))
    .sort((a, b) => a.time - b.time || a.place - b.place || (a.hit._id < b.hit._id ? -1 : 1))
    .map((entry, order) => ({ ...entry, order }));

class Matching {
  readonly #pattern: SequencePattern;
  readonly #entries: readonly Entry[];
  /** The place of each event of a whole sequence, in order. */
  readonly #units: readonly number[];
  /** The beginnings, by their number of events less one, the latest first. */
  #begun: (readonly Chain[])[] = [];
  /** Sequences that wait for their time to be over, oldest first. */
  #waiting: Chain[] = [];
  /** Before that nothing that waits is over. */
  #nextEnd = Number.POSITIVE_INFINITY;
  /** Whether an event fits at several places: then the latest beginning may have an event in it that is to come next. */
  readonly #isAmbiguous: boolean;
  /** Entries before this one belong to sequences that were found. */
  #from = 0;
  readonly #found: Steps[] = [];

  constructor(pattern: SequencePattern, entries: readonly Entry[]) {
    this.#pattern = pattern;
    this.#entries = entries;
    this.#isAmbiguous = new Set(entries.map(keyOf)).size < entries.length;
    this.#units = pattern.places.flatMap(({ times, isAbsent }, place) =>
      isAbsent ? [] : new Array<number>(times).fill(place),
    );
  }

  all(now: number): Steps[] {
    for (const entry of this.#entries) {
      this.#endBefore(entry.time);
      if (this.#pattern.places[entry.place]?.isAbsent === true) this.#prevent(entry);
      else this.#extend(entry);
    }
    // An event of that very moment would have come with the others.
    this.#endBefore(now + 1);
    return this.#found;
  }

  /** What must not happen has not, for these. */
  #endBefore(time: number): void {
    if (time <= this.#nextEnd) return;
    const over = this.#waiting.filter(({ start }) => start + this.#pattern.withinMs < time);
    this.#keepWaiting(this.#waiting.filter(({ start }) => start + this.#pattern.withinMs >= time));
    for (const chain of over) this.#found.push(this.#stepsOf(chain));
  }

  #keepWaiting(chains: Chain[]): void {
    this.#waiting = chains;
    const first = chains.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
    this.#nextEnd = first + this.#pattern.withinMs;
  }

  /** Something has happened that must not: what waits for the next step at that place is over. */
  #prevent({ place }: Entry): void {
    if (place > (this.#units.at(-1) ?? 0)) this.#keepWaiting([]);
    if (this.#isEverywhere(place)) this.#begun = [];
    else this.#begun = this.#begun.map((chains, unit) => (this.#isAt(unit, place) ? [] : chains));
  }

  #isEverywhere(place: number): boolean {
    return this.#pattern.isNeverBetween && place === this.#pattern.places.length - 1;
  }

  /** Whether that many events are just what comes before a place. */
  #isAt(unit: number, place: number): boolean {
    return (this.#units[unit] ?? 0) < place && (this.#units[unit + 1] ?? Number.POSITIVE_INFINITY) > place;
  }

  #extend(entry: Entry): void {
    // From the end, so that an event is not used twice.
    for (let unit = this.#units.length - 1; unit >= 0; unit -= 1) {
      if (this.#units[unit] !== entry.place) continue;
      const chains = this.#chainsWith(entry, unit);
      const [latest] = chains;
      if (latest === undefined) continue;
      if (unit === this.#units.length - 1) {
        this.#complete(latest);
        return;
      }
      this.#begun[unit] = this.#isAmbiguous
        ? neededOf([...chains, ...(this.#begun[unit] ?? [])], entry.time)
        : [latest];
    }
  }

  #chainsWith(entry: Entry, unit: number): readonly Chain[] {
    if (unit === 0) return [{ entry, before: null, start: entry.time }];
    return (this.#begun[unit - 1] ?? []).flatMap((before) =>
      entry.time - before.start > this.#pattern.withinMs || has(before, entry)
        ? []
        : [{ entry, before, start: before.start }],
    );
  }

  #complete(chain: Chain): void {
    if (this.#waitsAtEnd()) {
      this.#waiting.push(chain);
      this.#nextEnd = Math.min(this.#nextEnd, chain.start + this.#pattern.withinMs);
    } else this.#found.push(this.#stepsOf(chain));
    this.#begun = [];
    this.#from = chain.entry.order + 1;
  }

  #waitsAtEnd(): boolean {
    const { places, isNeverBetween } = this.#pattern;
    return places.at(isNeverBetween ? -2 : -1)?.isAbsent === true;
  }

  /** The events of each step: of the chain, and those beside it that could as well be in its place. */
  #stepsOf(chain: Chain): Steps {
    const own: Entry[] = [];
    for (let one: Chain | null = chain; one !== null; one = one.before) own.unshift(one.entry);
    const happening = [...new Set(this.#units)];
    const isAlone = this.#pattern.places.some(({ isAbsent }) => isAbsent);
    return happening.map((place) =>
      (isAlone ? own : this.#beside(own, place)).filter((entry) => entry.place === place),
    );
  }

  #beside(own: readonly Entry[], place: number): readonly Entry[] {
    const end = own.at(-1)?.order ?? 0;
    const earliest = (own.at(-1)?.time ?? 0) - this.#pattern.withinMs;
    const after = own.findLast((entry) => entry.place < place)?.order ?? this.#from - 1;
    const before = own.find((entry) => entry.place > place)?.order ?? end + 1;
    const used = new Set(own.filter((entry) => entry.place !== place).map(keyOf));
    // Entries lie in their order: only those between are looked at, or many sequences would take for ever.
    return this.#entries
      .slice(after + 1, before)
      .filter((entry) => entry.place === place && entry.time >= earliest && !used.has(keyOf(entry)));
  }
}

/** Beginnings of one time that are kept beside one another: more of them would hardly differ. */
const MOST_OF_ONE_TIME = 32;

/**
 * Of beginnings those that have events of this time before their last one, and the latest that has none: an event that fits at several
 * places may be in the others already.
 */
const neededOf = (chains: readonly Chain[], time: number): readonly Chain[] => {
  const free = chains.findIndex((chain) => (chain.before ?? chain).entry.time < time && chain.entry.time < time);
  return chains.slice(0, Math.min(MOST_OF_ONE_TIME, free === -1 ? chains.length : free + 1));
};

const keyOf = ({ hit }: SequenceEvent): string => `${hit._index}/${hit._id}`;

const has = (chain: Chain, entry: Entry): boolean => {
  const key = keyOf(entry);
  for (let one: Chain | null = chain; one !== null; one = one.before) if (keyOf(one.entry) === key) return true;
  return false;
};
