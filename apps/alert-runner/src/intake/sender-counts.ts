import type { FastifyRequest } from "fastify";
import { MinuteCount } from "./minute-count.ts";

/** What one sender has sent since the start. */
export interface SenderCount {
  /** A token by its name, or an address; null: all that came after there were too many to tell apart. */
  readonly sender: string | null;
  readonly saved: number;
  readonly refused: number;
  /** How many came in the last minute. */
  readonly lastMinute: number;
  readonly last: Date;
}

/** {@link SenderCount} that grows. */
interface Counting {
  saved: number;
  refused: number;
  last: Date;
  readonly recent: MinuteCount;
}

/** Senders that are told apart: whoever has many addresses must not take memory with each. */
const MOST_SENDERS = 1_000;

/** Events by sender. */
export class SenderCounts {
  readonly #senders = new Map<string | null, Counting>();

  count(sender: string, isRefused: boolean, now: Date): void {
    const counts = this.#countsOf(sender, now);
    if (isRefused) counts.refused += 1;
    else counts.saved += 1;
    counts.last = now;
    counts.recent.add(now);
  }

  /** Those who sent most, first. */
  most(limit: number, now: Date): readonly SenderCount[] {
    const total = ({ saved, refused }: SenderCount): number => saved + refused;
    return [...this.#senders]
      .map(([sender, { recent, ...counts }]) => ({ sender, ...counts, lastMinute: recent.at(now) }))
      .sort((a, b) => total(b) - total(a))
      .slice(0, limit);
  }

  #countsOf(sender: string, now: Date): Counting {
    const key = this.#senders.has(sender) || this.#senders.size < MOST_SENDERS ? sender : null;
    const known = this.#senders.get(key);
    if (known !== undefined) return known;
    const counts = { saved: 0, refused: 0, last: now, recent: new MinuteCount() };
    this.#senders.set(key, counts);
    return counts;
  }
}

/** Who sends a request with events, for counting. */
export const senderOf = ({ identity, ip }: Pick<FastifyRequest, "identity" | "ip">): string => identity?.name ?? ip;
