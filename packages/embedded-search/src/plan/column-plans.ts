import { type NumberRange } from "../index/numbers-column.ts";
import { type Column } from "../index/segment.ts";
import { type SegmentView } from "../index/snapshot.ts";
import { nothing, scanned } from "./matcher.ts";
import { type Plan } from "./plan.ts";
import { rangeMatcher } from "./range-matcher.ts";
import { testedMatcher } from "./tested-matcher.ts";
import { type Dictionaried, termMatcher, termSetMatcher } from "./term-matcher.ts";

const dictionaried = (view: SegmentView, field: string): Dictionaried | undefined => {
  const column = view.segment.columns.get(field);
  return column === undefined || column.kind === "numbers" ? undefined : column;
};

/** Documents that have this term, as it is in the dictionary. */
export const termPlan = (field: string, term: string, boost: number): Plan => ({
  constantScore: boost,
  bind: (view) => {
    const column = dictionaried(view, field);
    const number = column?.dictionary.find(term);
    return column === undefined || number === undefined ? nothing : termMatcher(column, number, view.visible, boost);
  },
});

/** Documents that have a term that passes. */
export const termsPlan = (field: string, boost: number, select: (column: Dictionaried) => Uint8Array): Plan => ({
  constantScore: boost,
  bind: (view) => {
    const column = dictionaried(view, field);
    return column === undefined ? nothing : termSetMatcher(column, select(column), view.visible, boost);
  },
});

/** Documents that have a term that passes a test, which terms are put to only when they are met. */
export const testedPlan = (field: string, boost: number, passes: (term: string) => boolean): Plan => ({
  constantScore: boost,
  bind: (view) => {
    const column = dictionaried(view, field);
    return column === undefined ? nothing : testedMatcher(column, passes, view.visible, boost);
  },
});

/** Selects the terms of a list that the dictionary has. */
export function selectListed(column: Dictionaried, terms: readonly string[]): Uint8Array {
  const selected = new Uint8Array(column.dictionary.size);
  for (const term of terms) {
    const number = column.dictionary.find(term);
    if (number !== undefined) selected[number] = 1;
  }
  return selected;
}

/** Documents with a number in the range. */
export const numbersPlan = (field: string, range: NumberRange, boost: number): Plan => ({
  constantScore: boost,
  bind: (view) => {
    const column = view.segment.columns.get(field);
    return column?.kind === "numbers" ? rangeMatcher(column, range, view.visible, boost) : nothing;
  },
});

/** Documents with any value. */
export const presentPlan = (field: string, boost: number): Plan => ({
  constantScore: boost,
  bind: (view) => {
    const column: Column | undefined = view.segment.columns.get(field);
    return column === undefined ? nothing : scanned(view.visible, boost, (document) => column.has(document));
  },
});
