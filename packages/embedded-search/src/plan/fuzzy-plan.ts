import { compileFuzzy } from "../automaton/fuzzy.ts";
import { ValueError } from "../errors/value-error.ts";
import { prefixedTest, type TermTest } from "../index/term-test.ts";
import { seesAll, type Snapshot } from "../index/snapshot.ts";
import type { LeafField } from "../mapping/field.ts";
import { editsFor } from "../recipe/fuzziness.ts";
import type { FuzzyOptions, FuzzyQuery } from "../recipe/query.ts";
import { compareTerms } from "../values/term-order.ts";
import { listedPlan } from "./column-plans.ts";
import { END } from "./matcher.ts";
import { isMetadata } from "./metadata-plan.ts";
import type { Plan, PlanContext } from "./plan.ts";
import { nonePlan } from "./simple-plans.ts";
import { termMatcher } from "./term-matcher.ts";
import { checkSearchable, termOf } from "./value-plan.ts";

export const planFuzzy = (query: FuzzyQuery, context: PlanContext): Plan => {
  if (isMetadata(query.field)) checkFuzzy({ name: query.field, type: query.field });
  const field = context.mapping.field(query.field);
  if (field === undefined) return nonePlan;
  checkFuzzy(field);
  return fuzzyPlan(field, termOf(field, query.value), query, context, query.boost);
};

/** Only text can be edited. */
export const checkFuzzy = (field: { readonly name: string; readonly type: string }): void => {
  if (field.type === "text" || field.type === "keyword") return;
  throw new ValueError(
    `Can only use fuzzy queries on keyword and text fields - not on [${field.name}] which is of type [${field.type}]`,
  );
};

const checkLimits = ({ prefixLength, maxExpansions }: FuzzyOptions): void => {
  if (prefixLength < 0) throw new ValueError("prefixLength cannot be negative.");
  if (maxExpansions <= 0) throw new ValueError("maxExpansions must be positive.");
};

/** Documents that have one of the terms nearest to this one. */
export const fuzzyPlan = (
  field: LeafField,
  term: string,
  options: FuzzyOptions,
  context: PlanContext,
  boost: number,
): Plan => {
  checkSearchable(field);
  checkLimits(options);
  const terms = nearest(field, term, options, context);
  return listedPlan(field.name, terms, boost);
};

/** At most `maxExpansions` terms of the whole index, the most similar first, then in order. */
const nearest = (field: LeafField, term: string, options: FuzzyOptions, { snapshot }: PlanContext): string[] => {
  const { prefixLength, transpositions, maxExpansions, fuzziness } = options;
  const maxEdits = editsFor(fuzziness, term);
  const matcher = compileFuzzy(term, { maxEdits, prefixLength, transpositions });
  const test: TermTest = {
    ...prefixedTest(matcher.prefix, (other) => matcher.matches(other)),
    deadAt: (other) => matcher.deadAt(other),
    resumeAt: (beginning) => matcher.resumeAt(beginning),
  };
  const all = selected(snapshot, field.name, test, false);
  if (all.size <= maxExpansions) return [...all];
  const length = lengthOf(term);
  const found = [...selected(snapshot, field.name, test, true)].map((other) => ({
    other,
    similarity: similarity(matcher.edits(other) ?? 0, length, lengthOf(other)),
  }));
  found.sort((a, b) => b.similarity - a.similarity || compareTerms(a.other, b.other));
  return found.slice(0, maxExpansions).map(({ other }) => other);
};

/** @param seenOnly - Without terms that no search sees before the next refresh. Not needed while there is room for all. */
const selected = (snapshot: Snapshot, field: string, test: TermTest, seenOnly: boolean): ReadonlySet<string> => {
  const terms = new Set<string>();
  for (const view of snapshot) {
    const column = view.segment.columns.get(field);
    if (column === undefined || column.kind === "numbers") continue;
    const isKnown = !seenOnly || seesAll(view);
    for (const number of column.dictionary.select(test))
      if (isKnown || termMatcher(column, number, view.visible, 0).next(0) !== END)
        terms.add(column.dictionary.term(number));
  }
  return terms;
};

/** In code points. */
const lengthOf = (text: string): number => Array.from(text).length;

/** An edit counts more in a short term. */
const similarity = (edits: number, length: number, otherLength: number): number =>
  edits === 0 ? 1 : Math.fround(1 - Math.fround(edits / Math.min(length, otherLength)));
