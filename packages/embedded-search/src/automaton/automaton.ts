import { AutomatonError } from "./automaton-error.ts";

/** The last code point there is. */
export const MAX_CODE_POINT = 0x10ffff;

/** Limit of states while a pattern is built: enough for any pattern of the allowed length without nested counts. */
const MAX_STATES = 100_000;

/** A move from one state to another that reads one code point out of a range, both ends included. */
export interface Transition {
  readonly min: number;
  readonly max: number;
  readonly to: number;
}

/** A set of code points as inclusive ranges. */
export type Ranges = readonly (readonly [min: number, max: number])[];

/**
 * A finite automaton over code points without empty moves. State 0 is the start; an automaton without states matches nothing.
 * Transitions of a state are sorted by target, then range, and ranges that touch are joined.
 */
export class Automaton {
  readonly transitions: readonly (readonly Transition[])[];
  readonly accepts: readonly boolean[];

  constructor(transitions: readonly (readonly Transition[])[], accepts: readonly boolean[]) {
    this.transitions = transitions;
    this.accepts = accepts;
  }

  get size(): number {
    return this.transitions.length;
  }
}

/** Collects the states and transitions of a new automaton. */
export class AutomatonBuilder {
  readonly #transitions: Transition[][] = [];
  readonly #accepts: boolean[] = [];

  get size(): number {
    return this.#transitions.length;
  }

  state(accepts = false): number {
    if (this.size >= MAX_STATES)
      throw new AutomatonError("PATTERN_TOO_LARGE", `the pattern needs more than ${MAX_STATES} states`);
    this.#accepts.push(accepts);
    return this.#transitions.push([]) - 1;
  }

  accept(state: number): void {
    this.#accepts[state] = true;
  }

  move(from: number, min: number, max: number, to: number): void {
    this.#transitions[from]?.push({ min, max, to });
  }

  /** Adds all states of an automaton, accepting ones as such or not, and returns the number of its start. */
  copy(automaton: Automaton, accepting = true): number {
    const offset = this.size;
    for (const accepts of automaton.accepts) this.state(accepts && accepting);
    automaton.transitions.forEach((transitions, state) => {
      for (const { min, max, to } of transitions) this.move(offset + state, min, max, offset + to);
    });
    return offset;
  }

  /** Lets `from` do all that `to` does: an empty move, written out. */
  imitate(from: number, to: number): void {
    for (const transition of [...(this.#transitions[to] ?? [])]) this.#transitions[from]?.push(transition);
    if (this.#accepts[to] === true) this.accept(from);
  }

  /** The automaton, without the states that are never reached or never lead to a match. */
  build(): Automaton {
    return withoutDeadStates(new Automaton(this.#transitions.map(joined), this.#accepts));
  }
}

/** Sorts transitions and joins ranges that touch or overlap and lead to the same state. */
const joined = (transitions: readonly Transition[]): readonly Transition[] => {
  const sorted = [...transitions].sort((a, b) => a.to - b.to || a.min - b.min || a.max - b.max);
  const result: Transition[] = [];
  for (const transition of sorted) {
    const last = result.at(-1);
    if (last?.to !== transition.to || transition.min > last.max + 1) result.push(transition);
    else if (transition.max > last.max) result[result.length - 1] = { ...last, max: transition.max };
  }
  return result;
};

const reachable = (starts: readonly number[], next: readonly (readonly number[])[]): ReadonlySet<number> => {
  const reached = new Set(starts);
  for (const state of reached) for (const to of next[state] ?? []) reached.add(to);
  return reached;
};

const withoutDeadStates = (automaton: Automaton): Automaton => {
  const forward = automaton.transitions.map((transitions) => transitions.map(({ to }) => to));
  const backward: number[][] = forward.map(() => []);
  forward.forEach((targets, from) => {
    for (const to of targets) backward[to]?.push(from);
  });
  const accepting = automaton.accepts.flatMap((accepts, state) => (accepts ? [state] : []));
  const fromStart = reachable(automaton.size > 0 ? [0] : [], forward);
  const toMatch = reachable(accepting, backward);
  const live = [...automaton.transitions.keys()].filter((state) => fromStart.has(state) && toMatch.has(state));
  if (live.length === automaton.size) return automaton;
  const renumbered = new Map(live.map((state, index) => [state, index]));
  const transitions = live.map((state) =>
    (automaton.transitions[state] ?? []).flatMap((transition) => {
      const to = renumbered.get(transition.to);
      return to === undefined ? [] : [{ ...transition, to }];
    }),
  );
  return new Automaton(
    transitions,
    live.map((state) => automaton.accepts[state] === true),
  );
};
