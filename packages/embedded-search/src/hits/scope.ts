import type { Located } from "../index/documents.ts";
import type { Place, SegmentView, Snapshot } from "../index/snapshot.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { PlanContext } from "../plan/plan.ts";
import type { Query } from "../recipe/query.ts";

/** One index as a search sees it. It has a single shard, whatever its settings say. */
export interface SearchTarget {
  readonly name: string;
  /** The names of all aliases of the index. */
  readonly aliases: readonly string[];
  readonly uuid: string;
  readonly shards: number;
  readonly mapping: Mapping;
  readonly snapshot: Snapshot;
  /** Of the alias through which it was reached. */
  readonly filter?: Query | undefined;
  find(id: string): Located | undefined;
  /** The same snapshot with the fields and aliases that the index has now. */
  renewed(): SearchTarget;
  /** Was the index deleted after the snapshot was made? */
  isGone(): boolean;
  /** Has nothing been written since the snapshot? */
  isCurrent(): boolean;
  /** The text of each document. */
  sources(places: readonly Place[]): readonly string[];
}

/** One segment of one index within a search. */
export interface SegmentScope {
  readonly target: SearchTarget;
  /** Position of the index in the search, the tie-breaker for equal hits. */
  readonly shard: number;
  readonly view: SegmentView;
  readonly context: PlanContext;
  /** The score of every match; undefined when it differs. */
  readonly constantScore: number | undefined;
}
