import type { Automaton, Transition } from "./automaton.ts";
import { determinize } from "./determinize.ts";

/** Tests whether whole terms match a pattern, in time linear in the length of the term. */
export interface Matcher {
  matches(term: string): boolean;
  /** Text that every match starts with; a sorted dictionary is searched from there on. */
  readonly prefix: string;
  /** Length in UTF-16 units of a beginning that no match has; 0 when the term itself could still go on. */
  deadAt(term: string): number;
}

const DEAD = -1;

/** Transitions of one state: a table for ASCII, and sorted ranges for all else. */
interface Row {
  readonly ascii: Int32Array;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly targets: readonly number[];
}

const rowOf = (transitions: readonly Transition[]): Row => {
  const sorted = [...transitions].sort((a, b) => a.min - b.min);
  const ascii = new Int32Array(128).fill(DEAD);
  for (const { min, max, to } of sorted) if (min < 128) ascii.fill(to, min, Math.min(max, 127) + 1);
  const others = sorted.filter(({ max }) => max >= 128);
  return {
    ascii,
    starts: others.map(({ min }) => min),
    ends: others.map(({ max }) => max),
    targets: others.map(({ to }) => to),
  };
};

const step = (row: Row, codePoint: number): number => {
  if (codePoint < 128) return row.ascii[codePoint] ?? DEAD;
  let low = 0;
  let high = row.starts.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((row.starts[middle] ?? 0) > codePoint) high = middle - 1;
    else if ((row.ends[middle] ?? 0) < codePoint) low = middle + 1;
    else return row.targets[middle] ?? DEAD;
  }
  return DEAD;
};

/** The text read from the start as long as only one transition leads on. */
const commonPrefix = (automaton: Automaton): string => {
  let prefix = "";
  const seen = new Set<number>();
  for (let state = 0; automaton.accepts[state] === false && !seen.has(state);) {
    seen.add(state);
    const [only, ...others] = automaton.transitions[state] ?? [];
    if (only?.min !== only?.max || only === undefined || others.length > 0) break;
    prefix += String.fromCodePoint(only.min);
    state = only.to;
  }
  return prefix;
};

/**
 * Makes an automaton ready for matching.
 *
 * @throws {AutomatonError} `PATTERN_TOO_COMPLEX` when making it deterministic takes too much work.
 */
export const compileAutomaton = (automaton: Automaton): Matcher => {
  const deterministic = determinize(automaton);
  const rows = deterministic.transitions.map(rowOf);
  const accepts = Uint8Array.from(deterministic.accepts, Number);
  return {
    prefix: commonPrefix(deterministic),
    matches: (term) => accepts[walk(rows, term)] === 1,
    deadAt: (term) => {
      const end = walk(rows, term);
      return end < 0 ? -end : 0;
    },
  };
};

/** The state that a term leads to, or minus the number of its units that led to none. */
const walk = (rows: readonly Row[], term: string): number => {
  let state = 0;
  for (let index = 0; index < term.length; index++) {
    const codePoint = term.codePointAt(index) ?? 0;
    if (codePoint > 0xffff) index++;
    const row = rows[state];
    state = row === undefined ? DEAD : step(row, codePoint);
    if (state === DEAD) return -(index + 1);
  }
  return state;
};
