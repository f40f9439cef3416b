import type { PlainEvent } from "./random-events.ts";

/** An alert as it should be: what its hook is called with, and the events that it covers. */
export interface Expected {
  readonly said: string;
  readonly covers: readonly PlainEvent[];
}

/** What is known at a slot: every event that has come in, and which of them the alert has covered. */
export interface Known {
  readonly now: number;
  readonly events: readonly PlainEvent[];
  readonly isCovered: (event: PlainEvent) => boolean;
}

/** A rule that looks at each event in turn, as slowly as it likes. */
export type NaiveRule = (known: Known) => readonly Expected[];

/** How the hook of the rule says what it was called with. */
export const said = (value: string, count: number, ...more: readonly (number | string)[]): string =>
  [value, count, ...more.map((one) => (typeof one === "number" ? Number(one.toFixed(6)) : one))].join(" ");

type Fits = (event: PlainEvent) => boolean;
type KeysOf = (event: PlainEvent) => readonly string[];

/** In a window that ends now: by any of its times. */
const isIn = ({ time, received }: PlainEvent, from: number, to: number): boolean =>
  [time, received].some((one) => one >= from && one <= to);

const within = ({ now, events }: Known, ms: number, fits: Fits = () => true): readonly PlainEvent[] =>
  events.filter((event) => isIn(event, now - ms, now) && fits(event));

/** Before a window: not in it by any time. */
const before = (known: Known, windowMs: number, ms: number, fits: Fits = () => true): readonly PlainEvent[] =>
  within(known, windowMs + ms, fits).filter((event) => !isIn(event, known.now - windowMs, known.now));

const grouped = (events: readonly PlainEvent[], keysOf: KeysOf): Map<string, PlainEvent[]> => {
  const groups = new Map<string, PlainEvent[]>();
  for (const event of events)
    for (const key of new Set(keysOf(event))) groups.set(key, [...(groups.get(key) ?? []), event]);
  return groups;
};

export interface AggregationRule {
  readonly windowMs: number;
  readonly fits?: Fits;
  readonly keysOf: KeysOf;
  readonly threshold?: number;
  readonly measure?: (events: readonly PlainEvent[]) => number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export const naiveAggregation =
  ({ windowMs, fits, keysOf, threshold = 1, measure, atLeast, atMost }: AggregationRule): NaiveRule =>
  (known) => {
    const fresh = within(known, windowMs, fits).filter((event) => !known.isCovered(event));
    const groups = [...grouped(fresh, keysOf)].sort(
      ([a, one], [b, two]) => two.length - one.length || (a < b ? -1 : 1),
    );
    // The largest group first: an event in two groups counts once, unless something is measured.
    const taken = new Set<PlainEvent>();
    return groups.flatMap(([value, all]) => {
      const events = measure === undefined ? all.filter((event) => !taken.has(event)) : all;
      const measured = measure?.(events) ?? events.length;
      const isEnough =
        !(measured < (atLeast ?? -Infinity) || measured > (atMost ?? Infinity)) && !Number.isNaN(measured);
      if (events.length < threshold || !isEnough) return [];
      events.forEach((event) => taken.add(event));
      return [{ said: said(value, events.length, measured), covers: events }];
    });
  };

export interface NewTermRule {
  readonly windowMs: number;
  readonly historyMs: number;
  readonly learnMs?: number;
  readonly keysOf: KeysOf;
}

export const naiveNewTerm =
  ({ windowMs, historyMs, learnMs, keysOf }: NewTermRule): NaiveRule =>
  (known) => {
    const hasKeys: Fits = (event) => keysOf(event).length > 0;
    const all = known.events.filter(hasKeys);
    if (learnMs !== undefined && all.every((event) => isIn(event, known.now - windowMs - learnMs, known.now)))
      return [];
    const old = new Set([
      ...before(known, windowMs, historyMs).flatMap(keysOf),
      ...within(known, windowMs).filter(known.isCovered).flatMap(keysOf),
    ]);
    return [...grouped(within(known, windowMs), keysOf)].flatMap(([value, events]) =>
      old.has(value) ? [] : [{ said: said(value, events.length), covers: events }],
    );
  };

export interface SpikeRule {
  readonly windowMs: number;
  readonly baselineMs: number;
  readonly factor: number;
  readonly atLeast: number;
  readonly direction: "up" | "down" | "both";
  readonly keysOf: KeysOf;
  readonly measure?: (events: readonly PlainEvent[]) => number;
  /** Whether what is measured grows with the time. Default true. */
  readonly isSum?: boolean;
}

export const naiveSpike =
  ({ windowMs, baselineMs, factor, atLeast, direction, keysOf, measure, isSum = true }: SpikeRule): NaiveRule =>
  (known) => {
    const now = grouped(within(known, windowMs), keysOf);
    const earlier = grouped(before(known, windowMs, baselineMs), keysOf);
    const amountOf = (events: readonly PlainEvent[]): number => {
      const amount = measure === undefined ? events.length : measure(events);
      return Number.isNaN(amount) ? 0 : amount;
    };
    return [...new Set([...now.keys(), ...earlier.keys()])].flatMap((value) => {
      const usual = amountOf(earlier.get(value) ?? []);
      const baseline = isSum ? (usual * windowMs) / baselineMs : usual;
      const all = now.get(value) ?? [];
      const fresh = all.filter((event) => !known.isCovered(event));
      const [up, down] = [amountOf(fresh), amountOf(all)];
      const isUp = direction !== "down" && fresh.length > 0 && up >= atLeast && up >= factor * baseline;
      const isDown = direction !== "up" && baseline >= atLeast && down * factor <= baseline;
      return [
        ...(isUp ? [{ said: said(value, fresh.length, up, baseline), covers: fresh }] : []),
        ...(isDown ? [{ said: said(value, all.length, down, baseline), covers: [] }] : []),
      ];
    });
  };

export interface PercentageRule {
  readonly windowMs: number;
  readonly fits: Fits;
  readonly keysOf: KeysOf;
  readonly minimum: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export const naivePercentage =
  ({ windowMs, fits, keysOf, minimum, atLeast, atMost }: PercentageRule): NaiveRule =>
  (known) => {
    const fresh = within(known, windowMs).filter((event) => !known.isCovered(event));
    return [...grouped(fresh, keysOf)].flatMap(([value, all]) => {
      const matching = all.filter(fits);
      const percent = (100 * matching.length) / all.length;
      if (all.length < minimum || percent < (atLeast ?? 0) || percent > (atMost ?? 100)) return [];
      if (atLeast !== undefined && matching.length === 0) return [];
      return [
        { said: said(value, matching.length, percent, all.length), covers: atLeast === undefined ? [] : matching },
      ];
    });
  };

export interface NoEventRule {
  readonly windowMs: number;
  readonly seenMs: number;
  readonly fits: Fits;
  readonly keysOf: KeysOf;
}

export const naiveNoEvent =
  ({ windowMs, seenMs, fits, keysOf }: NoEventRule): NaiveRule =>
  (known) => {
    const present = grouped(within(known, windowMs, fits), keysOf);
    return [...grouped(within(known, seenMs, fits), keysOf).keys()].flatMap((value) =>
      present.has(value) ? [] : [{ said: said(value, 0), covers: [] }],
    );
  };
