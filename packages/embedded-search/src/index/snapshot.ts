import type { Bitset } from "./bitset.ts";
import type { Span } from "./span.ts";
import type { ReplacedSources } from "./replaced-sources.ts";
import type { Segment } from "./segment.ts";

/** One segment as a search sees it: documents before `visible` that are not in `deleted`. */
export interface SegmentView {
  readonly segment: Segment;
  readonly visible: number;
  readonly deleted: Bitset | undefined;
  /** Sources of its documents that have been dropped since. */
  readonly replaced: ReplacedSources;
  /** Number of the first document within the index; stays valid while the view lives. */
  readonly base: number;
}

/** One document of a view. */
export interface Place {
  readonly view: SegmentView;
  readonly document: number;
}

/** Everything a search sees of one index. Later writes and refreshes do not change it. */
export type Snapshot = readonly SegmentView[];

const spans = new WeakMap<Snapshot, Map<string, Span | undefined>>();

/** Span of a field with numbers, deleted documents included; undefined when none has the field. */
export const spanOf = (snapshot: Snapshot, field: string): Span | undefined => {
  const known = spans.get(snapshot) ?? new Map<string, Span | undefined>();
  spans.set(snapshot, known);
  if (!known.has(field)) known.set(field, measured(snapshot, field));
  return known.get(field);
};

const measured = (snapshot: Snapshot, field: string): Span | undefined => {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const view of snapshot) {
    const span = spanWithin(view, field);
    if (!span) continue;
    least = Math.min(least, span.least);
    greatest = Math.max(greatest, span.greatest);
  }
  return least > greatest ? undefined : { least, greatest };
};

/** A segment in memory already has documents that no search sees before the next refresh. */
export const seesAll = ({ segment, visible }: SegmentView): boolean => visible >= segment.size;

const spanWithin = (view: SegmentView, field: string): Span | undefined => {
  const { columns } = view.segment;
  if (seesAll(view)) return columns.span(field);
  const column = columns.get(field);
  return column?.kind === "numbers" ? column.spanBefore(view.visible) : undefined;
};

/** Does any document have the field, even a deleted one? */
export const hasValues = (snapshot: Snapshot, field: string): boolean =>
  snapshot.some((view) => (seesAll(view) ? view.segment.columns.has(field) : hasWithin(view, field)));

const hasWithin = ({ segment, visible }: SegmentView, field: string): boolean => {
  const column = segment.columns.get(field);
  for (let document = 0; column && document < visible; document++) if (column.has(document)) return true;
  return false;
};

export const isLive = (view: SegmentView, document: number): boolean =>
  document < view.visible && !(view.deleted?.has(document) ?? false);
