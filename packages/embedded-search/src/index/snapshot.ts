import type { Bitset } from "./bitset.ts";
import type { Span } from "./columns.ts";
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
  for (const { segment } of snapshot) {
    const span = segment.columns.span(field);
    if (!span) continue;
    least = Math.min(least, span.least);
    greatest = Math.max(greatest, span.greatest);
  }
  return least > greatest ? undefined : { least, greatest };
};

/** Does any document have the field, even a deleted one? */
export const hasValues = (snapshot: Snapshot, field: string): boolean =>
  snapshot.some(({ segment }) => segment.columns.has(field));

export const isLive = (view: SegmentView, document: number): boolean =>
  document < view.visible && !(view.deleted?.has(document) ?? false);
