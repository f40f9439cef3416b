import { compileFuzzy } from "../automaton/fuzzy.ts";
import { ValueError } from "../errors/value-error.ts";
import { prefixedTest, type TermTest } from "../index/term-test.ts";
import type { LeafField } from "../mapping/field.ts";
import { editsFor } from "../recipe/fuzziness.ts";
import type { FuzzyOptions, FuzzyQuery } from "../recipe/query.ts";
import { compareTerms } from "../values/term-order.ts";
import { listedPlan } from "./column-plans.ts";
import { isMetadata } from "./metadata-plan.ts";
import type { Plan, PlanContext } from "./plan.ts";
import { nonePlan } from "./simple-plans.ts";
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
const nearest = (field: LeafField, term: string, options: FuzzyOptions, context: PlanContext): string[] => {
  const { prefixLength, transpositions, maxExpansions, fuzziness } = options;
  const maxEdits = editsFor(fuzziness, term);
  const matcher = compileFuzzy(term, { maxEdits, prefixLength, transpositions });
  const test: TermTest = {
    ...prefixedTest(matcher.prefix, (other) => matcher.matches(other)),
    deadAt: (other) => matcher.deadAt(other),
  };
  const edits = new Map<string, number>();
  for (const { segment } of context.snapshot) {
    const column = segment.columns.get(field.name);
    if (column === undefined || column.kind === "numbers") continue;
    for (const number of column.dictionary.select(test)) {
      const other = column.dictionary.term(number);
      edits.set(other, matcher.edits(other) ?? 0);
    }
  }
  if (edits.size <= maxExpansions) return [...edits.keys()];
  const length = lengthOf(term);
  const found = [...edits].map(([other, count]) => ({ other, similarity: similarity(count, length, lengthOf(other)) }));
  found.sort((a, b) => b.similarity - a.similarity || compareTerms(a.other, b.other));
  return found.slice(0, maxExpansions).map(({ other }) => other);
};

/** In code points. */
const lengthOf = (text: string): number => Array.from(text).length;

/** An edit counts more in a short term. */
const similarity = (edits: number, length: number, otherLength: number): number =>
  edits === 0 ? 1 : Math.fround(1 - Math.fround(edits / Math.min(length, otherLength)));
