import { errors } from "@elastic/elasticsearch";
import { type Lane, LANES } from "./lanes.ts";

/** Requests that are on their way to a cluster at the same time, those of `urgent` apart. */
const MOST = 8;

/** As many of them may be of one lane, so that no lane has to wait until another has nothing left to ask. */
const MOST_OF: Readonly<Record<Lane, number>> = { urgent: 4, work: MOST, intake: 6, alerts: 4 };

/** What a request has to pass. */
export interface Pass {
  readonly lane: Lane;
  /** From now until the answer, in milliseconds: waiting for others, being sent again, and reading the answer count. */
  readonly deadlineMs: number;
  /** Whether no answer within its deadline says something of the store. Default true. */
  readonly isTelling?: boolean;
}

/** Sends it. @param signal - Aborted at the deadline. @param leftMs - Time that is left. */
export type Sending<T> = (signal: AbortSignal, leftMs: number) => Promise<T>;

/**
 * What all requests of a process to one cluster pass: each has an end, and not too many are on their way at the same time. Those that wait
 * take turns by lane; within a lane the first comes first.
 */
export class Gate {
  readonly #waiting = new Map<Lane, (() => void)[]>(LANES.map((lane) => [lane, []]));
  readonly #sent = new Map<Lane, number>(LANES.map((lane) => [lane, 0]));
  #lastAnswer = 0;
  /** Since when the store was asked, after its last answer. */
  #asked: number | null = null;
  /** Requests on their way that say something of the store. */
  #telling = 0;
  #turn = 0;
  readonly #timeoutMs: number;

  /** @param timeoutMs - A store that answers nothing for so long, whatever it is asked, is silent. */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** For how long the store has answered nothing although it was asked, in milliseconds; 0 while that is no longer than any request may take. */
  get silentMs(): number {
    const since = this.#asked ?? (this.#telling > 0 ? this.#lastAnswer : null);
    const ms = since === null ? 0 : performance.now() - since;
    return ms < this.#timeoutMs ? 0 : ms;
  }

  /** @throws {errors.TimeoutError} at the deadline. @throws what `send` throws. */
  async pass<T>({ lane, deadlineMs, isTelling = true }: Pass, send: Sending<T>): Promise<T> {
    const began = performance.now();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), deadlineMs);
    try {
      await this.#enter(lane, late.signal, deadlineMs);
      try {
        if (isTelling) this.#ask();
        const left = deadlineMs - (performance.now() - began);
        return await inTime(send(late.signal, left), late.signal, notAnswered(deadlineMs));
      } finally {
        if (isTelling) this.#telling -= 1;
        this.#leave(lane);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** The store has answered, whatever it said. */
  answered(): void {
    this.#lastAnswer = performance.now();
    this.#asked = null;
  }

  #ask(): void {
    this.#telling += 1;
    this.#asked ??= performance.now();
  }

  async #enter(lane: Lane, late: AbortSignal, deadlineMs: number): Promise<void> {
    if (this.#hasRoom(lane)) {
      this.#count(lane, 1);
      return;
    }
    const queue = this.#queueOf(lane);
    let enter: () => void = () => undefined;
    const entered = new Promise<void>((resolve) => {
      enter = resolve;
    });
    queue.push(enter);
    try {
      await inTime(entered, late, `the request timed out: it waited ${deadlineMs} ms for others that are on their way`);
    } catch (error) {
      const place = queue.indexOf(enter);
      if (place >= 0) queue.splice(place, 1);
      // It was let in at the very moment of its deadline.
      else this.#leave(lane);
      throw error;
    }
  }

  #leave(lane: Lane): void {
    this.#count(lane, -1);
    const next = this.#inTurn().find((one) => this.#hasRoom(one) && this.#queueOf(one).length > 0);
    if (next === undefined) return;
    this.#turn = LANES.indexOf(next) + 1;
    this.#count(next, 1);
    this.#queueOf(next).shift()?.();
  }

  /** The lane that was let in last comes last. */
  #inTurn(): readonly Lane[] {
    return [...LANES.slice(this.#turn), ...LANES.slice(0, this.#turn)];
  }

  #hasRoom(lane: Lane): boolean {
    const sent = this.#sent.get(lane) ?? 0;
    return sent < MOST_OF[lane] && (lane === "urgent" || this.#sentInAll() < MOST);
  }

  #sentInAll(): number {
    return LANES.reduce((sum, lane) => sum + (lane === "urgent" ? 0 : (this.#sent.get(lane) ?? 0)), 0);
  }

  #count(lane: Lane, by: number): void {
    this.#sent.set(lane, (this.#sent.get(lane) ?? 0) + by);
  }

  #queueOf(lane: Lane): (() => void)[] {
    return this.#waiting.get(lane) ?? [];
  }
}

const notAnswered = (ms: number): string => `the request timed out: it was not answered within ${ms} ms`;

/** @throws {errors.TimeoutError} once it is late; the work may go on, and nobody is told how it ends. */
const inTime = <T>(work: Promise<T>, late: AbortSignal, message: string): Promise<T> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new errors.TimeoutError(message));
    if (late.aborted) giveUp();
    late.addEventListener("abort", giveUp, { once: true });
    work.then(resolve, reject).finally(() => late.removeEventListener("abort", giveUp));
  });
