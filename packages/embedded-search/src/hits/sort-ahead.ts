import type { TermRanks } from "../index/term-ranks.ts";
import type { TermsColumn } from "../index/terms-column.ts";
import type { LeafField } from "../mapping/field.ts";
import type { SegmentScope } from "./scope.ts";
import type { SortValue } from "./sort-type.ts";
import type { SortField } from "./sort.ts";

/**
 * First document from one on, before `end`, that may come before a hit with this first sort value, or `end`.
 *
 * @param withEqual - Documents with the same value, too.
 */
export type SortAhead = (from: number, end: number, worst: SortValue, withEqual: boolean) => number;

/** Documents of a segment that are compared by their texts before its terms are put in order: few matches are not worth it. */
const COMPARED_BY_TEXT = 128;

/** Passes over the documents of one segment by the places of their terms; undefined where those do not tell. */
export const termsAhead = (
  { view }: SegmentScope,
  { descending, missing }: SortField,
  field: LeafField | undefined,
): SortAhead | undefined => {
  // Only where they come last are documents without a term sure to come after every text.
  if (field === undefined || missing !== "_last") return undefined;
  const column = view.segment.columns.get(field.name);
  if (column?.kind !== "terms") return undefined;
  let calls = 0;
  let within: Within | undefined;
  return (from, end, worst, withEqual) => {
    if (typeof worst !== "string" || ++calls <= COMPARED_BY_TEXT) return from;
    if (within?.worst !== worst) within = withinOf(column, worst, descending, withEqual);
    return within.ranks === undefined ? from : column.nextWithin(from, end, within.ranks, within);
  };
};

/** The places of terms that may come before a hit. */
interface Within {
  readonly worst: string;
  readonly ranks: TermRanks | undefined;
  readonly least: number;
  readonly greatest: number;
}

const withinOf = (column: TermsColumn, worst: string, descending: boolean, withEqual: boolean): Within => {
  const ranks = column.dictionary.ranks();
  const around = ranks.around(worst);
  if (around === undefined) return { worst, ranks: undefined, least: 0, greatest: 0 };
  const { before, upTo } = around;
  return descending
    ? { worst, ranks, least: withEqual ? before : upTo, greatest: Number.POSITIVE_INFINITY }
    : { worst, ranks, least: 0, greatest: (withEqual ? upTo : before) - 1 };
};
