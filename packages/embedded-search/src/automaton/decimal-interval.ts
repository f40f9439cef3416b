import { type Automaton, AutomatonBuilder } from "./automaton.ts";

const [ZERO, NINE] = [0x30, 0x39];

/**
 * Matches decimal numbers of a range, both ends included. Built state by state as in Lucene's `Automata.makeDecimalInterval`, since
 * the number of states decides which expressions are too complex.
 *
 * @param digits - Exact number of digits, padded with zeros; 0 for any number of leading zeros.
 */
export const decimalInterval = (min: number, max: number, digits: number): Automaton => {
  const length = digits > 0 ? digits : String(max).length;
  const [low, high] = [min, max].map((end) => String(end).padStart(length, "0")) as [string, string];
  const interval = new Interval(low, high);
  if (digits > 0) {
    interval.between(0, false);
    return interval.builder.build();
  }
  const start = interval.builder.state();
  interval.between(0, true);
  // Without a fixed length, zeros may be left out or added in front.
  interval.builder.move(start, ZERO, ZERO, start);
  for (const initial of interval.initials) interval.builder.imitate(start, initial);
  return interval.builder.build();
};

/** Makes states for the digits from a place on; each gives the number of its first state. */
class Interval {
  readonly builder = new AutomatonBuilder();
  /** States where a number may start whose leading zeros were left out. */
  readonly initials: number[] = [];
  readonly #low: string;
  readonly #high: string;

  constructor(low: string, high: string) {
    this.#low = low;
    this.#high = high;
  }

  /** Still between both ends. @param zeros - All digits before were zeros, which may be left out. */
  between(at: number, zeros: boolean): number {
    const state = this.#open(at, zeros);
    if (at === this.#low.length) return state;
    const [from, to] = [this.#low.charCodeAt(at), this.#high.charCodeAt(at)];
    const stays = zeros && from === ZERO;
    if (from === to) this.builder.move(state, from, from, this.between(at + 1, stays));
    else {
      this.builder.move(state, from, from, this.#atLeast(at + 1, stays));
      this.builder.move(state, to, to, this.#atMost(at + 1));
      if (from + 1 < to) this.builder.move(state, from + 1, to - 1, this.#any(at + 1));
    }
    return state;
  }

  #open(at: number, zeros: boolean): number {
    const state = this.builder.state(at === this.#low.length);
    if (zeros && at < this.#low.length) this.initials.push(state);
    return state;
  }

  #atLeast(at: number, zeros: boolean): number {
    const state = this.#open(at, zeros);
    if (at === this.#low.length) return state;
    const digit = this.#low.charCodeAt(at);
    this.builder.move(state, digit, digit, this.#atLeast(at + 1, zeros && digit === ZERO));
    if (digit < NINE) this.builder.move(state, digit + 1, NINE, this.#any(at + 1));
    return state;
  }

  #atMost(at: number): number {
    const state = this.#open(at, false);
    if (at === this.#high.length) return state;
    const digit = this.#high.charCodeAt(at);
    this.builder.move(state, digit, digit, this.#atMost(at + 1));
    if (digit > ZERO) this.builder.move(state, ZERO, digit - 1, this.#any(at + 1));
    return state;
  }

  #any(at: number): number {
    const state = this.#open(at, false);
    if (at < this.#low.length) this.builder.move(state, ZERO, NINE, this.#any(at + 1));
    return state;
  }
}
