import type { ClassPattern } from "./class-pattern.ts";
import { CLASS_COUNT } from "./code-point-class.ts";
import type { WordRule } from "./word-grammar.ts";

/** A deterministic automaton over classes: state 0 is dead, state 1 is the start. */
export interface WordAutomaton {
  /** Next state, at `state * CLASS_COUNT + class`. */
  readonly next: Uint16Array;
  /** Index of the rule that a state completes, or -1. */
  readonly rule: Int8Array;
}

interface Edge {
  readonly classes: readonly number[];
  readonly to: number;
}

/** Nondeterministic states while building: edges by class, and moves that read nothing. */
class PatternGraph {
  readonly edges: Edge[][] = [];
  readonly moves: number[][] = [];

  state(): number {
    this.edges.push([]);
    return this.moves.push([]) - 1;
  }

  /** Adds a pattern after `from` and returns the state it ends in. */
  add(pattern: ClassPattern, from: number): number {
    switch (pattern.kind) {
      case "set":
        return this.#addSet(pattern.classes, from);
      case "sequence":
        return pattern.parts.reduce((state, part) => this.add(part, state), from);
      case "choice":
        return this.#addChoice(pattern.parts, from);
      case "repeat":
        return this.#addRepeat(pattern.part, from);
    }
  }

  #addSet(classes: readonly number[], from: number): number {
    const to = this.state();
    this.edges[from]?.push({ classes, to });
    return to;
  }

  #addChoice(parts: readonly ClassPattern[], from: number): number {
    const end = this.state();
    for (const part of parts) {
      const start = this.state();
      this.moves[from]?.push(start);
      this.moves[this.add(part, start)]?.push(end);
    }
    return end;
  }

  #addRepeat(part: ClassPattern, from: number): number {
    const loop = this.state();
    this.moves[from]?.push(loop);
    this.moves[this.add(part, loop)]?.push(loop);
    const end = this.state();
    this.moves[loop]?.push(end);
    return end;
  }

  /** All states reached from these without reading, in ascending order. */
  closure(states: Iterable<number>): number[] {
    const reached = new Set(states);
    for (const state of reached) for (const to of this.moves[state] ?? []) reached.add(to);
    return [...reached].sort((a, b) => a - b);
  }

  step(states: readonly number[], index: number): number[] {
    const targets = states.flatMap((state) => this.edges[state] ?? []).filter((edge) => edge.classes.includes(index));
    return this.closure(targets.map((edge) => edge.to));
  }
}

/** Compiles rules into one automaton by the subset construction. */
export const buildWordAutomaton = (rules: readonly WordRule[]): WordAutomaton => {
  const graph = new PatternGraph();
  const start = graph.state();
  const ends = rules.map((rule) => graph.add(rule.pattern, start));
  const known = new Map<string, number>([["", 0]]);
  const subsets: (readonly number[])[] = [[], graph.closure([start])];
  const rows: number[][] = [Array<number>(CLASS_COUNT).fill(0)];
  known.set(String(subsets[1]), 1);
  for (let state = 1; state < subsets.length; state++)
    rows.push(
      Array.from({ length: CLASS_COUNT }, (_, index) => {
        const target = graph.step(subsets[state] ?? [], index);
        const number = known.get(String(target)) ?? subsets.push(target) - 1;
        known.set(String(target), number);
        return number;
      }),
    );
  return {
    next: Uint16Array.from(rows.flat()),
    rule: Int8Array.from(subsets, (subset) => ends.findIndex((end) => subset.includes(end))),
  };
};
