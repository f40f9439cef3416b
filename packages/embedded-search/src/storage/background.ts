import { setTimeout as timer, clearTimeout } from "node:timers";

/** Work that can wait. */
export interface Chore {
  /** Part of the time that it may take while it is under way; others have the rest. */
  readonly share: number;
  /** Does some milliseconds of it. @returns whether there is more. */
  step(): boolean;
}

/** How long a chore rests that could not go on. */
const RETRY_MS = 1_000;

/** Turns of the event loop are at least so far apart. */
const LEAST_REST_MS = 1;

/**
 * Does chores one after the other, in steps between which everybody else has a turn: by a timer, which keeps no process alive, and with
 * requests when these follow one another so closely that no timer fires.
 */
export class Background {
  readonly #chores: Chore[] = [];
  #timer: NodeJS.Timeout | undefined;
  #dueMs = 0;
  #isStopped = false;
  #isAtWork = false;

  add(chore: Chore): void {
    this.#chores.push(chore);
    this.#wait();
  }

  /** Does one step when it is time for one. */
  turn(): void {
    if (this.#chores.length > 0 && !this.#isStopped && !this.#isAtWork && performance.now() >= this.#dueMs)
      this.#step();
  }

  /** What is left is found again when the store is opened. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#chores.length = 0;
  }

  #step(): void {
    const [chore] = this.#chores;
    if (!chore) return;
    const startMs = performance.now();
    let restMs = RETRY_MS;
    this.#isAtWork = true;
    try {
      if (!chore.step()) this.#chores.shift();
      restMs = Math.max(LEAST_REST_MS, (performance.now() - startMs) * (1 / chore.share - 1));
    } catch {
      // The disk is full, or what it has to read is damaged: whoever asks for that is told. Others go first now.
      this.#chores.push(...this.#chores.splice(0, 1));
    } finally {
      this.#isAtWork = false;
    }
    this.#dueMs = performance.now() + restMs;
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#chores.length === 0 || this.#isStopped) return;
    this.#timer = timer(() => this.#step(), Math.max(LEAST_REST_MS, this.#dueMs - performance.now())).unref();
  }
}

/** How long a step is to take. Goal: nobody waits for longer than some dozen milliseconds, whatever else a request does. */
const STEP_MS = 4;

/** Finds out how much can be done in one step. */
export class Pace {
  #amount: number;
  readonly #least: number;
  readonly #most: number;

  constructor(least: number, most: number) {
    this.#amount = least;
    this.#least = least;
    this.#most = most;
  }

  /** @param work - Does so much. @returns what it returns. */
  take<T>(work: (amount: number) => T): T {
    const startMs = performance.now();
    try {
      return work(this.#amount);
    } finally {
      const tookMs = performance.now() - startMs;
      if (tookMs > STEP_MS) this.#amount = Math.max(this.#least, this.#amount >> 1);
      else if (tookMs < STEP_MS / 2) this.#amount = Math.min(this.#most, 2 * this.#amount);
    }
  }
}
