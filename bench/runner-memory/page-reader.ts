import { setTimeout as pause } from "node:timers/promises";
import type { Service } from "../runner/service.ts";

const EVERY_MS = 1_000;

/** What the pages ask for: the list of alerts, events of the last hour by a search, how many there were when, and by whom. */
const questions = (): readonly string[] => {
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const events = new URLSearchParams({ text: 'summary:"failed login"', since });
  return [
    "/api/alerts?size=50",
    `/api/events?${events.toString()}&size=50`,
    `/api/events-over-time?${events.toString()}`,
    `/api/event-values?${events.toString()}&field=hostname`,
    "/api/alert-groups",
  ];
};

const answer = async (url: string): Promise<void> => {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text.slice(0, 300)}`);
};

/** Somebody who looks at the pages: one request a second, each kind in its turn. */
export class PageReader {
  readonly #service: Service;
  readonly #done: Promise<void>;
  #isStopped = false;
  #failure: Error | null = null;
  #times: number[] = [];

  constructor(service: Service) {
    this.#service = service;
    this.#done = this.#read();
  }

  /** Milliseconds of the answers since the last call, the shortest first. */
  takeNew(): readonly number[] {
    if (this.#failure !== null) throw this.#failure;
    const times = this.#times.sort((a, b) => a - b);
    this.#times = [];
    return times;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#done;
  }

  async #read(): Promise<void> {
    for (let number = 0; !this.#isStopped; number += 1) {
      const paths = questions();
      const began = performance.now();
      await answer(`${this.#service.url}${paths[number % paths.length] ?? ""}`).catch((cause: unknown) => {
        this.#failure ??= new Error("A page got no answer.", { cause });
      });
      this.#times.push(performance.now() - began);
      await pause(EVERY_MS);
    }
  }
}
