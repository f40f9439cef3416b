import { type Bitset } from "./bitset.ts";
import { type ReplacedSources } from "./replaced-sources.ts";
import { type Segment } from "./segment.ts";

/** One segment as a search sees it: documents before `visible` that are not in `deleted`. */
export interface SegmentView {
  readonly segment: Segment;
  readonly visible: number;
  readonly deleted: Bitset | undefined;
  /** Sources of its documents that are no longer stored. */
  readonly replaced: ReplacedSources;
  /** Number of the first document within the index; keeps its meaning while the view lives. */
  readonly base: number;
}

/** Everything a search sees of one index. Writes and refreshes after it do not change it. */
export type Snapshot = readonly SegmentView[];

export const isLive = (view: SegmentView, document: number): boolean =>
  document < view.visible && !(view.deleted?.has(document) ?? false);
