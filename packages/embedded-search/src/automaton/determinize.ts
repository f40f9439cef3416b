import { AutomatonError } from "./automaton-error.ts";
import { type Automaton, AutomatonBuilder, MAX_CODE_POINT, type Transition } from "./automaton.ts";

/** Work allowed, in units of Elasticsearch's `max_determinized_states`. */
export const DEFAULT_WORK_LIMIT = 10_000;

/** Lucene charges one unit of effort for each state in each set, and allows ten times the limit. */
const EFFORT_PER_LIMIT = 10;

/**
 * Makes an automaton deterministic: at most one move per state and code point.
 *
 * @throws {AutomatonError} `PATTERN_TOO_COMPLEX` when that takes more work than `limit` allows.
 */
export const determinize = (automaton: Automaton, limit = DEFAULT_WORK_LIMIT): Automaton => {
  if (automaton.size <= 1 || isDeterministic(automaton)) return automaton;
  const builder = new AutomatonBuilder();
  const subsets: (readonly number[])[] = [];
  const numbers = new Map<string, number>();
  const number = (subset: readonly number[]): number => {
    const key = subset.join(",");
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, subsets.length);
    subsets.push(subset);
    return builder.state(subset.some((state) => automaton.accepts[state]));
  };
  number([0]);
  let effort = 0;
  for (let state = 0; state < subsets.length; state++) {
    const subset = subsets[state] ?? [];
    effort += subset.length;
    if (effort >= limit * EFFORT_PER_LIMIT) throw tooComplex(automaton, limit);
    const leaving = subset.flatMap((member) => automaton.transitions[member] ?? []);
    for (const { min, max, targets } of disjoint(leaving)) builder.move(state, min, max, number(targets));
  }
  return builder.build();
};

/** Matches exactly what the automaton does not match. */
export const complement = (automaton: Automaton, limit = DEFAULT_WORK_LIMIT): Automaton => {
  const deterministic = determinize(automaton, limit);
  const builder = new AutomatonBuilder();
  const sink = deterministic.size;
  for (const accepts of deterministic.accepts) builder.state(!accepts);
  builder.state(true);
  builder.move(sink, 0, MAX_CODE_POINT, sink);
  deterministic.transitions.forEach((transitions, from) => {
    for (const { min, max, to } of transitions) builder.move(from, min, max, to);
    for (const [min, max] of gaps(transitions)) builder.move(from, min, max, sink);
  });
  return builder.build();
};

const tooComplex = (automaton: Automaton, limit: number): AutomatonError => {
  const transitions = automaton.transitions.reduce((sum, list) => sum + list.length, 0);
  return new AutomatonError(
    "PATTERN_TOO_COMPLEX",
    `Determinizing automaton with ${automaton.size} states and ${transitions} transitions would require more than ${limit} effort.`,
  );
};

const byMin = (a: Transition, b: Transition): number => a.min - b.min;

const isDeterministic = (automaton: Automaton): boolean =>
  automaton.transitions.every((transitions) => {
    const sorted = [...transitions].sort(byMin);
    return sorted.every((transition, index) => index === 0 || (sorted[index - 1]?.max ?? 0) < transition.min);
  });

/** The ranges that no transition reads. */
const gaps = (transitions: readonly Transition[]): [number, number][] => {
  const result: [number, number][] = [];
  let next = 0;
  for (const { min, max } of [...transitions].sort(byMin)) {
    if (min > next) result.push([next, min - 1]);
    next = Math.max(next, max + 1);
  }
  if (next <= MAX_CODE_POINT) result.push([next, MAX_CODE_POINT]);
  return result;
};

interface Piece {
  readonly min: number;
  readonly max: number;
  readonly targets: readonly number[];
}

/** Cuts overlapping ranges into disjoint pieces, each with all states it leads to, in order. */
const disjoint = (transitions: readonly Transition[]): Piece[] => {
  const edges = transitions.flatMap(({ min, max, to }) => [
    { at: min, to, count: 1 },
    { at: max + 1, to, count: -1 },
  ]);
  edges.sort((a, b) => a.at - b.at);
  const open = new Map<number, number>();
  const pieces: Piece[] = [];
  let start = 0;
  for (const { at, to, count } of edges) {
    if (at > start && open.size > 0)
      pieces.push({ min: start, max: at - 1, targets: [...open.keys()].sort((a, b) => a - b) });
    start = at;
    const remaining = (open.get(to) ?? 0) + count;
    if (remaining === 0) open.delete(to);
    else open.set(to, remaining);
  }
  return pieces;
};
