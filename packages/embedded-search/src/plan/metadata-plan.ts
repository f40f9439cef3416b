import { ApiError } from "../errors/api-error.ts";
import { ValueError } from "../errors/value-error.ts";
import type { SegmentView } from "../index/snapshot.ts";
import { isLive } from "../index/snapshot.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";
import { END, type Matcher, nothing } from "./matcher.ts";
import type { Plan, PlanContext } from "./plan.ts";
import { allPlan, nonePlan } from "./simple-plans.ts";

/** Fields that every document has without a mapping, as far as queries can use them. */
export const isMetadata = (field: string): boolean => field === "_id" || field === "_index";

/** A field of every document that `exists` cannot ask for. */
const NEVER_ASKED = "_doc_count";

/** Does a pattern of names include fields that no mapping declares? Elasticsearch cannot say which documents have those. */
export const includesMetadata = (pattern: string): boolean =>
  pattern.includes("*") && matchesSimplePattern(pattern, NEVER_ASKED);

/** Its message then; on some indices it names another of those fields, whichever comes first in its hash table. */
export const metadataExists = (): ApiError =>
  new ApiError(400, {
    type: "query_shard_exception",
    reason: `Field [${NEVER_ASKED}] of type [${NEVER_ASKED}] does not support exists queries`,
  });

/** Documents with one of these values in `_id` or `_index`. */
export const metadataPlan = (field: string, values: readonly string[], context: PlanContext, boost: number): Plan => {
  if (field === "_id") return idsPlan(values, context, boost);
  return values.includes(context.indexName) ? allPlan(boost) : nonePlan;
};

/** @throws {ValueError} for an invalid id. */
export const idsPlan = (ids: readonly string[], context: PlanContext, boost: number): Plan => {
  if (ids.includes("")) throw new ValueError("Ids can't be empty");
  return { constantScore: boost, bind: (view) => listMatcher(documentsOf(ids, context, view), boost) };
};

/** The places of these ids in the snapshot: where they are now or, if they moved since, found among its documents. */
const documentsOf = (ids: readonly string[], context: PlanContext, view: SegmentView): number[] => {
  const found = new Set<number>();
  const moved = new Set<string>();
  for (const id of ids) {
    const place = context.find(id);
    const isHere = place?.segment === view.segment && isLive(view, place.document);
    if (isHere) found.add(place.document);
    else if (place === undefined || !isElsewhere(context, place.segment, place.document)) moved.add(id);
  }
  if (moved.size > 0 && !context.isCurrent())
    for (let document = 0; document < view.visible; document++)
      if (moved.has(view.segment.id(document)) && isLive(view, document)) found.add(document);
  return [...found].sort((a, b) => a - b);
};

const isElsewhere = (context: PlanContext, segment: SegmentView["segment"], document: number): boolean =>
  context.snapshot.some((view) => view.segment === segment && isLive(view, document));

/** Index of the first number in an ascending list that is not below `least`. */
const firstFrom = (list: readonly number[], least: number): number => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
};

const listMatcher = (list: readonly number[], score: number): Matcher => {
  if (list.length === 0) return nothing;
  const members = new Set(list);
  return {
    cost: list.length,
    matches: (document) => members.has(document),
    score: () => score,
    next: (from) => list[firstFrom(list, from)] ?? END,
  };
};
