import { Automaton, AutomatonBuilder, MAX_CODE_POINT, type Ranges } from "./automaton.ts";

const NOTHING = new Automaton([], []);

/** Matches no text at all. */
export const nothing = (): Automaton => NOTHING;

/** Matches the empty text. */
export const emptyText = (): Automaton => new Automaton([[]], [true]);

/** Matches any text, the empty one too. */
export const anyText = (): Automaton => new Automaton([[{ min: 0, max: MAX_CODE_POINT, to: 0 }]], [true]);

/** Matches one code point of the ranges. */
export const oneOf = (ranges: Ranges): Automaton => {
  const builder = new AutomatonBuilder();
  const start = builder.state();
  const end = builder.state(true);
  for (const [min, max] of ranges) builder.move(start, min, max, end);
  return builder.build();
};

/** Matches any one code point. */
export const anyCharacter = (): Automaton => oneOf([[0, MAX_CODE_POINT]]);

/** Matches texts of the parts one after the other. */
export const concatenate = (parts: readonly Automaton[]): Automaton => {
  if (parts.some((part) => part.size === 0)) return nothing();
  if (parts.length === 0) return emptyText();
  const builder = new AutomatonBuilder();
  const starts = parts.map((part) => builder.copy(part, false));
  parts.forEach((part, index) => {
    const ends = part.accepts.flatMap((accepts, state) => (accepts ? [(starts[index] ?? 0) + state] : []));
    for (const end of ends) continueInto(builder, parts, starts, index + 1, end);
  });
  return builder.build();
};

/** Lets a state that ends one part go on with the next, and with the following ones while these can be empty. */
const continueInto = (
  builder: AutomatonBuilder,
  parts: readonly Automaton[],
  starts: readonly number[],
  first: number,
  end: number,
): void => {
  for (let index = first; index < parts.length; index++) {
    const part = parts[index];
    for (const { min, max, to } of part?.transitions[0] ?? []) builder.move(end, min, max, (starts[index] ?? 0) + to);
    if (part?.accepts[0] !== true) return;
  }
  builder.accept(end);
};

/** Matches texts of any of the parts. */
export const union = (parts: readonly Automaton[]): Automaton => {
  const builder = new AutomatonBuilder();
  const start = builder.state();
  const starts = parts.filter((part) => part.size > 0).map((part) => builder.copy(part));
  for (const from of starts) builder.imitate(start, from);
  return mergeFinalStates(builder.build());
};

/** States that only end a match are all the same; keeping one of them keeps the sets of states small later. */
const mergeFinalStates = (automaton: Automaton): Automaton => {
  const isFinal = (state: number): boolean =>
    automaton.accepts[state] === true && automaton.transitions[state]?.length === 0;
  const finals = [...automaton.transitions.keys()].filter(isFinal);
  const [kept, ...others] = finals;
  if (kept === undefined || others.length === 0) return automaton;
  const builder = new AutomatonBuilder();
  automaton.accepts.forEach((accepts) => builder.state(accepts));
  automaton.transitions.forEach((transitions, from) => {
    for (const { min, max, to } of transitions) builder.move(from, min, max, isFinal(to) ? kept : to);
  });
  return builder.build();
};

/** Matches what the automaton matches, and the empty text. */
export const optional = (automaton: Automaton): Automaton => {
  if (automaton.accepts[0] === true) return automaton;
  const builder = new AutomatonBuilder();
  const returnsToStart = automaton.transitions.some((transitions) => transitions.some(({ to }) => to === 0));
  if (returnsToStart || automaton.size === 0) builder.state(true);
  const start = builder.copy(automaton);
  if (returnsToStart) builder.imitate(0, start);
  builder.accept(0);
  return builder.build();
};

/** Matches any number of repetitions, none included. */
export const repeat = (automaton: Automaton): Automaton => {
  const accepting = automaton.accepts.filter(Boolean).length;
  if (automaton.size === 0 || (automaton.accepts[0] === true && accepting === 1)) return automaton;
  const builder = new AutomatonBuilder();
  const start = builder.state(true);
  // A state that only ends a repetition is where the next one starts.
  const renumbered = automaton.accepts.map((accepts, state) =>
    accepts && automaton.transitions[state]?.length === 0 ? start : builder.state(accepts),
  );
  const target = (state: number): number => renumbered[state] ?? start;
  automaton.transitions.forEach((transitions, from) => {
    for (const { min, max, to } of transitions) builder.move(target(from), min, max, target(to));
  });
  const restarts = automaton.accepts.flatMap((accepts, state) => (accepts ? [target(state)] : []));
  for (const from of new Set([start, ...restarts]))
    for (const { min, max, to } of automaton.transitions[0] ?? []) builder.move(from, min, max, target(to));
  return builder.build();
};

/** Matches `count` repetitions or more. */
export const repeatAtLeast = (automaton: Automaton, count: number): Automaton => {
  if (count === 0) return repeat(automaton);
  return concatenate([...copies(automaton, count), repeat(automaton)]);
};

/** Matches `min` to `max` repetitions. */
export const repeatBetween = (automaton: Automaton, min: number, max: number): Automaton => {
  if (min > max) return nothing();
  const builder = new AutomatonBuilder();
  const base = min === 0 ? emptyText() : min === 1 ? automaton : concatenate(copies(automaton, min));
  let ends = acceptingStates(base, builder.copy(base));
  for (let count = min; count < max; count++) {
    const start = builder.copy(automaton);
    for (const end of ends) builder.imitate(end, start);
    ends = acceptingStates(automaton, start);
  }
  return builder.build();
};

/** The same automaton several times; the builder refuses what gets too large, so the list is bounded. */
const copies = (automaton: Automaton, count: number): Automaton[] =>
  Array<Automaton>(Math.min(count, 200_000)).fill(automaton);

const acceptingStates = (automaton: Automaton, offset: number): number[] =>
  automaton.accepts.flatMap((accepts, state) => (accepts ? [offset + state] : []));

/** Matches what both match. */
export const intersect = (left: Automaton, right: Automaton): Automaton => {
  if (left === right || left.size === 0) return left;
  if (right.size === 0) return right;
  const builder = new AutomatonBuilder();
  const numbers = new Map<number, number>();
  const pairs: [number, number][] = [];
  const number = (a: number, b: number): number => {
    const key = a * right.size + b;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    pairs.push([a, b]);
    const state = builder.state(left.accepts[a] === true && right.accepts[b] === true);
    numbers.set(key, state);
    return state;
  };
  number(0, 0);
  for (const [a, b] of pairs) {
    const from = number(a, b);
    for (const x of left.transitions[a] ?? [])
      for (const y of right.transitions[b] ?? []) {
        const [min, max] = [Math.max(x.min, y.min), Math.min(x.max, y.max)];
        if (min <= max) builder.move(from, min, max, number(x.to, y.to));
      }
  }
  return builder.build();
};
