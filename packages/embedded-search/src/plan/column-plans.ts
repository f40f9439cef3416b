import { exactOfNanos, LAST_NANO } from "../dates/nanos.ts";
import type { NumberRange } from "../index/numbers-column.ts";
import type { Column } from "../index/column-bytes.ts";
import type { SegmentView } from "../index/snapshot.ts";
import type { TermTest } from "../index/term-test.ts";
import type { LeafField } from "../mapping/field.ts";
import { nothing, scanned } from "./matcher.ts";
import type { Plan } from "./plan.ts";
import { rangeMatcher } from "./range-matcher.ts";
import { type Dictionaried, termListMatcher, termMatcher } from "./term-matcher.ts";
import { testedMatcher } from "./tested-matcher.ts";

const dictionaried = (view: SegmentView, field: string): Dictionaried | undefined => {
  const column = view.segment.columns.get(field);
  return column === undefined || column.kind === "numbers" ? undefined : column;
};

/** Has any document of a segment the field? */
export const hasField =
  (field: string) =>
  ({ segment }: SegmentView): boolean =>
    segment.columns.has(field);

/** Documents that have exactly this term. */
export const termPlan = (field: string, term: string, boost: number): Plan => ({
  constantScore: boost,
  mayMatch: hasField(field),
  bind: (view) => {
    const column = dictionaried(view, field);
    const number = column?.dictionary.find(term);
    return column === undefined || number === undefined ? nothing : termMatcher(column, number, view.visible, boost);
  },
});

/** Documents that have a term that passes a test; terms are tested only when met. */
export const testedPlan = (field: string, boost: number, test: TermTest): Plan => ({
  constantScore: boost,
  mayMatch: hasField(field),
  bind: (view) => {
    const column = dictionaried(view, field);
    return column === undefined ? nothing : testedMatcher(column, test, view.visible, boost);
  },
});

/** Documents that have one of the terms of a list. */
export const listedPlan = (field: string, terms: readonly string[], boost: number): Plan => ({
  constantScore: boost,
  mayMatch: hasField(field),
  bind: (view) => {
    const column = dictionaried(view, field);
    if (column === undefined) return nothing;
    const numbers = terms.flatMap((term) => column.dictionary.find(term) ?? []);
    return termListMatcher(column, numbers, view.visible, boost);
  },
});

/** Documents with a number in the range. */
export const numbersPlan = (field: string, range: NumberRange, boost: number): Plan => ({
  constantScore: boost,
  mayMatch: ({ segment }) => {
    const span = segment.columns.span(field);
    return span !== undefined && span.least <= range.to && span.greatest >= range.from;
  },
  bind: (view) => {
    const column = view.segment.columns.get(field);
    return column?.kind === "numbers" ? rangeMatcher(column, range, view.visible, boost) : nothing;
  },
});

/** Milliseconds that hold a range of nanoseconds, and whether they hold nothing else. */
export const millisOf = ({ exactFrom, exactTo }: NumberRange): NumberRange & { readonly isExact: boolean } => {
  const from = exactFrom === undefined ? undefined : exactOfNanos(exactFrom);
  const to = exactTo === undefined ? undefined : exactOfNanos(exactTo);
  return {
    from: from?.ms ?? Number.NEGATIVE_INFINITY,
    to: to?.ms ?? Number.POSITIVE_INFINITY,
    isExact: (from?.rest ?? 0) === 0 && (to?.rest ?? LAST_NANO) === LAST_NANO,
  };
};

/** Documents with a date in the range; nanoseconds are looked at only where milliseconds do not decide. */
export const datesPlan = ({ name, nanos }: LeafField, range: NumberRange, boost: number): Plan => {
  if (nanos === undefined) return numbersPlan(name, range, boost);
  const millis = millisOf(range);
  return millis.isExact ? numbersPlan(name, millis, boost) : numbersPlan(nanos.name, range, boost);
};

/** Documents with any value. */
export const presentPlan = (field: string, boost: number): Plan => ({
  constantScore: boost,
  mayMatch: hasField(field),
  bind: (view) => {
    const column: Column | undefined = view.segment.columns.get(field);
    return column === undefined ? nothing : scanned(view.visible, boost, (document) => column.has(document));
  },
});
