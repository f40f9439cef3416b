import { type Expected, type Known, type NaiveRule, said } from "./naive.ts";
import type { PlainEvent } from "./random-events.ts";

export interface SequenceRule {
  readonly lookBackMs: number;
  readonly withinMs: number;
  /** In order; `isAbsent` must not happen there. */
  readonly places: readonly { readonly what: string; readonly times: number; readonly isAbsent?: boolean }[];
  /** What must not happen anywhere between first and last. */
  readonly never?: string;
  readonly keysOf: (event: PlainEvent) => readonly string[];
}

interface Entry {
  readonly event: PlainEvent;
  readonly place: number;
}

/** Tries every choice of events for each last one, from the latest choice on. */
export const naiveSequence =
  (rule: SequenceRule): NaiveRule =>
  (known) => {
    const keys = new Set(known.events.flatMap(rule.keysOf));
    return [...keys].flatMap((key) => sequencesOf(rule, known, key));
  };

const sequencesOf = (rule: SequenceRule, known: Known, key: string): readonly Expected[] => {
  const entries = entriesOf(rule, known, key);
  const units = rule.places.flatMap(({ times, isAbsent = false }, place) =>
    isAbsent ? [] : Array.from({ length: times }, () => place),
  );
  const lastPlace = units.at(-1) ?? 0;
  const ends = rule.places.findIndex(({ isAbsent = false }, place) => isAbsent && place > lastPlace);
  const found: Expected[] = [];
  let from = 0;
  for (const [end, entry] of entries.entries()) {
    if (entry.place !== lastPlace || end < from) continue;
    const chain = chainEndingAt({ rule, units, entries, from }, units.length - 1, [end]);
    if (chain === null) continue;
    const isDone = ends === -1 || isOver(rule, known, entries, { chain, end, ends });
    if (isDone) found.push(expected(rule, entries, { chain, from, key }));
    from = end + 1;
  }
  return found;
};

const entriesOf = (rule: SequenceRule, known: Known, key: string): readonly Entry[] => {
  const never = rule.never === undefined ? [] : [{ what: rule.never, isAbsent: true }];
  return [...rule.places, ...never]
    .flatMap(({ what, isAbsent = false }, place) =>
      known.events
        .filter((event) =>
          [event.time, event.received].some((one) => one >= known.now - rule.lookBackMs && one <= known.now),
        )
        .filter((event) => event.what === what && rule.keysOf(event).includes(key))
        .filter((event) => isAbsent || !known.isCovered(event))
        .map((event) => ({ event, place })),
    )
    .sort((a, b) => a.event.time - b.event.time || a.place - b.place || (a.event.id < b.event.id ? -1 : 1));
};

interface Looked {
  readonly rule: SequenceRule;
  readonly units: readonly number[];
  readonly entries: readonly Entry[];
  readonly from: number;
}

/** The latest events that lead to these; null when there are none in time. No event is used twice. */
const chainEndingAt = (looked: Looked, unit: number, tail: readonly number[]): readonly number[] | null => {
  const { rule, units, entries, from } = looked;
  const [first = 0] = tail;
  const timeAt = (index: number): number => entries[index]?.event.time ?? 0;
  if (timeAt(tail.at(-1) ?? 0) - timeAt(first) > rule.withinMs) return null;
  if (unit === 0) return tail;
  for (let index = first - 1; index >= from; index -= 1) {
    const one = entries[index];
    if (one === undefined || isForbidden(looked, one, unit)) return null;
    if (one.place !== units[unit - 1] || tail.some((later) => entries[later]?.event === one.event)) continue;
    const chain = chainEndingAt(looked, unit - 1, [index, ...tail]);
    if (chain !== null) return chain;
  }
  return null;
};

/** Whether something must not have happened just before an event of this unit. */
const isForbidden = ({ rule, units }: Looked, { place }: Entry, unit: number): boolean => {
  if (place === rule.places.length) return true;
  const [before = 0, after = 0] = [units[unit - 1], units[unit]];
  return rule.places[place]?.isAbsent === true && place > before && place < after;
};

const isOver = (
  { withinMs }: SequenceRule,
  { now }: Known,
  entries: readonly Entry[],
  { chain, end, ends }: { readonly chain: readonly number[]; readonly end: number; readonly ends: number },
): boolean => {
  const deadline = (entries[chain[0] ?? 0]?.event.time ?? 0) + withinMs;
  return (
    deadline <= now &&
    !entries.some(({ place, event }, index) => index > end && place === ends && event.time <= deadline)
  );
};

const expected = (
  { places, never, withinMs }: SequenceRule,
  entries: readonly Entry[],
  { chain, from, key }: { readonly chain: readonly number[]; readonly from: number; readonly key: string },
): Expected => {
  const own = chain.flatMap((index) => entries[index] ?? []);
  const isAlone = never !== undefined || places.some(({ isAbsent = false }) => isAbsent);
  const last = chain.at(-1) ?? 0;
  const lastTime = own.at(-1)?.event.time ?? 0;
  const steps = places.flatMap(({ isAbsent = false }, place) => {
    if (isAbsent) return [];
    if (isAlone) return [own.filter((entry) => entry.place === place)];
    const after = chain.filter((index) => (entries[index]?.place ?? 0) < place).at(-1) ?? from - 1;
    const until = chain.find((index) => (entries[index]?.place ?? 0) > place) ?? last + 1;
    const elsewhere = own.flatMap((entry) => (entry.place === place ? [] : [entry.event]));
    const beside = entries.filter(
      (entry, index) =>
        entry.place === place &&
        index > after &&
        index < until &&
        entry.event.time >= lastTime - withinMs &&
        !elsewhere.includes(entry.event),
    );
    return [beside];
  });
  const covers = [...new Set(steps.flat().map(({ event }) => event))];
  return { said: said(key, covers.length, steps.map(({ length }) => length).join("+")), covers };
};
