/** How long requests may work before everything else in the process gets its turn, in milliseconds. */
const TURN_MS = 5;

/**
 * How often the network and the timers are looked at between two turns. Once is not enough: a new connection takes one look to be
 * accepted, of which there is one at a time, and another one to be read.
 */
const LOOKS = 16;

/**
 * Shares the one thread between long requests and everything else. Work is done in slices, and each slice asks for its turn. When
 * the time of a turn is used up, the next slice runs after everybody else had a look, in the order of asking.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  /** When the present turn began; undefined while nobody works. */
  #began: number | undefined;
  #looksLeft = 0;

  /** Resolves when the next slice may run; undefined when it may run at once. */
  next(): Promise<void> | undefined {
    if (this.#began === undefined) {
      this.#began = performance.now();
      setImmediate(this.#look);
      return undefined;
    }
    if (this.#waiting.length === 0 && !this.#isOver(this.#began)) return undefined;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #isOver(began: number): boolean {
    return this.#looksLeft > 0 || performance.now() - began >= TURN_MS;
  }

  /** An immediate that an immediate schedules runs after the next look at network and timers. */
  readonly #look = (): void => {
    if (this.#looksLeft === 0 && this.#began !== undefined && this.#isOver(this.#began)) this.#looksLeft = LOOKS;
    if (this.#looksLeft > 0) {
      this.#looksLeft -= 1;
      this.#began = performance.now();
      setImmediate(this.#look);
      return;
    }
    const resolve = this.#waiting.shift();
    if (resolve === undefined) {
      this.#began = undefined;
      return;
    }
    setImmediate(this.#look);
    resolve();
  };
}
