import type { LogLine } from "./service.ts";

/**
 * Times from the posting of events to the log line of their alert. The service writes it once the alert is stored, and costs nothing
 * that it would not cost anyway: nobody has to ask for alerts while they are measured.
 */
export class AlertTimes {
  /** Milliseconds, by the number of what it is about. */
  readonly #times = new Map<number, number>();
  #new: number[] = [];
  #twice = 0;
  #last: string | null = null;

  /** Without those that were posted before: a service is warm. */
  from = Number.NEGATIVE_INFINITY;

  readonly take = ({ msg, summary, time }: LogLine): void => {
    if (msg !== "alert" || typeof summary !== "string") return;
    const [, number, posted] = /^failed login (\d+) posted (\d+)$/.exec(summary) ?? [];
    if (number === undefined) return;
    if (this.#times.has(Number(number))) this.#twice += 1;
    this.#last = summary;
    const ms = Number(posted) < this.from ? Number.NaN : time - Number(posted);
    this.#times.set(Number(number), ms);
    this.#new.push(ms);
  };

  get count(): number {
    return this.#times.size;
  }

  /** Alerts that there should be only once. */
  get twice(): number {
    return this.#twice;
  }

  /** The summary of the newest. */
  get last(): string | null {
    return this.#last;
  }

  /** Of the alerts since it was called before, in milliseconds, the shortest first. */
  takeNew(): readonly number[] {
    const times = this.#new.sort((a, b) => a - b);
    this.#new = [];
    return times;
  }

  /** In milliseconds, the shortest first. */
  get sorted(): readonly number[] {
    return [...this.#times.values()].filter((ms) => !Number.isNaN(ms)).sort((a, b) => a - b);
  }
}
