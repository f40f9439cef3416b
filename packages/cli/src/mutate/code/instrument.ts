import { simple } from "acorn-walk";
import type { ParsedSource } from "../../packs/parse-source.ts";
import type { CodeMutant } from "./code-mutant.ts";

/** Where the code of alerts asks whether a mutant is the one that is tried. */
export const SWITCH = "@mozdef/cli/mutant";

/** A name that no author would give. */
const ASK = "__mozdefIsMutant";

/**
 * The code of a file with all of its mutants in it, of which at most one is at work: which one is asked each time. So a file is
 * loaded once, and it is known which mutants a case gets to. Lines stay.
 */
export const instrumented = ({ code, program }: ParsedSource, mutants: readonly CodeMutant[]): string => {
  const starts = new Set<number>();
  simple(program, { ExpressionStatement: ({ start }) => void starts.add(start) });
  const text = written({ code, starts, spans: spansOf(mutants) }, 0, code.length);
  return `${text}\nfunction ${ASK}(id) { return globalThis[Symbol.for(${JSON.stringify(SWITCH)})]?.(id) === true; }\n`;
};

/** An expression with all of its mutants. */
interface MutatedSpan {
  readonly start: number;
  readonly end: number;
  readonly mutants: readonly CodeMutant[];
}

/** The outer ones first. */
const spansOf = (mutants: readonly CodeMutant[]): readonly MutatedSpan[] => {
  const spans = new Map<string, CodeMutant[]>();
  for (const mutant of mutants) {
    const key = `${mutant.start} ${mutant.end}`;
    spans.set(key, [...(spans.get(key) ?? []), mutant]);
  }
  return [...spans.values()]
    .map((own) => ({ start: own[0]?.start ?? 0, end: own[0]?.end ?? 0, mutants: own }))
    .sort((a, b) => a.start - b.start || b.end - a.end);
};

interface Work {
  readonly code: string;
  /** Where statements start that are expressions. */
  readonly starts: ReadonlySet<number>;
  readonly spans: readonly MutatedSpan[];
}

/** The text from one position to another with the mutants inside. */
const written = ({ code, starts, spans }: Work, from: number, to: number): string => {
  let [text, at] = ["", from];
  for (const [index, { start, end, mutants }] of spans.entries()) {
    if (start < at || end > to) continue;
    const others = new Set([...starts].filter((other) => other !== start));
    const inner = written({ code, starts: others, spans: spans.slice(index + 1) }, start, end);
    const choices = mutants.map((mutant) => `${ASK}(${mutant.id}) ? (${mutant.text}) : `).join("");
    // A statement that began with a bracket would go on the line before, where that ends without a semicolon.
    const opening = starts.has(start) ? "void 0, (" : "(";
    text += `${code.slice(at, start)}${opening}${choices}${inner})`;
    at = end;
  }
  return `${text}${code.slice(at, to)}`;
};
