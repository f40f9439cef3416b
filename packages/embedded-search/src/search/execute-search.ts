import type { Aggregator, Collect } from "../aggregations/aggregator.ts";
import { isLate } from "../aggregations/late-error.ts";
import { ApiError } from "../errors/api-error.ts";
import { checkSort } from "../hits/check-sort.ts";
import { showHits } from "../hits/fetch.ts";
import { checkAddresses, mergeSorts } from "../hits/merge-sorts.ts";
import type { SearchTarget, SegmentScope } from "../hits/scope.ts";
import { bindSort, type SortKey } from "../hits/sort-plan.ts";
import type { SortValue } from "../hits/sort-type.ts";
import type { SortField } from "../hits/sort.ts";
import { TopDocuments } from "../hits/top-documents.ts";
import { BLOCK_SIZE } from "../index/numbers-column.ts";
import { ReplacedSources } from "../index/replaced-sources.ts";
import { OpenSegment } from "../index/segment.ts";
import type { Steps } from "../index/steps.ts";
import type { SegmentView } from "../index/snapshot.ts";
import type { Writable } from "../json/write-json.ts";
import { END, type Matcher } from "../plan/matcher.ts";
import { planQuery } from "../plan/plan-query.ts";
import { mayMatch, type Plan, type PlanContext } from "../plan/plan.ts";
import type { BoolQuery, Query } from "../recipe/query.ts";
import { bestBlocks } from "./best-blocks.ts";
import { remaining, together } from "./collectors.ts";
import { checkWindow, isBeyondWindow, readAfter, sortOf } from "./request-sort.ts";
import { NOT_SHOWN, type SearchRequest } from "./search-request.ts";
import {
  besideFailures,
  goneFailure,
  indexGone,
  SearchPhaseError,
  shardFailure,
  type ShardFailure,
} from "./shard-failure.ts";
import { shardCounts } from "./shard-counts.ts";
import { SegmentVisit, type Tally, type VisitParts } from "./segment-visit.ts";
import { isSkipped, looksAhead } from "./skipped.ts";

/** The parts of a search answer, without `took`. */
export interface SearchAnswer {
  readonly shards: object;
  readonly hits: object;
  readonly aggregations: object | undefined;
  /** Exact, whatever the request wants to see. */
  readonly total: number;
  /** Is it only what was found in the time that there was? */
  readonly timedOut: boolean;
}

/**
 * Runs a search over the snapshots of its indices, in steps: nothing that is written between two of them changes the answer.
 *
 * @throws {SearchPhaseError} when it failed in all of them, or in some and the request allows no partial answer; else partial
 * failures are part of the answer.
 */
export function* executeSearch(
  request: SearchRequest,
  targets: readonly SearchTarget[],
  nowMs: number,
): Steps<SearchAnswer> {
  const run = new SearchRun(request, targets);
  const failures: ShardFailure[] = [];
  const gone = request.allowPartial ? undefined : targets.find((target) => target.isGone());
  if (gone) throw indexGone(gone);
  for (const [shard, target] of targets.entries()) failures.push(...(yield* run.search(target, shard, nowMs)));
  const [first] = failures;
  const isPartial = failures.length < targets.length;
  if (first && (!isPartial || !request.allowPartial)) throw new SearchPhaseError(first, failures, isPartial);
  try {
    return run.answer(failures);
  } catch (error) {
    throw besideFailures(error, failures);
  }
}

const contextOf = (target: SearchTarget, nowMs: number): PlanContext => ({
  names: [target.name, ...target.aliases],
  mapping: target.mapping,
  snapshot: target.snapshot,
  nowMs,
  dateRanges: new Map(),
  find: (id) => target.find(id),
  isCurrent: () => target.isCurrent(),
});

const emptyView: SegmentView = {
  segment: new OpenSegment(false),
  visible: 0,
  deleted: undefined,
  replaced: new ReplacedSources(),
  base: 0,
};

/** Documents of one step, and for how many a segment counts by itself: its columns may have to be read. */
const VISITED_A_STEP = 2_048;
const VISITED_A_SEGMENT = 512;

const NO_FAILURE: readonly ShardFailure[] = [];

/** The time of a search is over. */
class TimeExceeded extends Error {}

/** What that is where half an answer is not wanted. */
const outOfTime = (): ApiError =>
  new ApiError(429, { type: "search_timeout_exception", reason: "Time exceeded", details: { timed_out: true } });

class SearchRun {
  readonly #startMs = performance.now();
  readonly #request: SearchRequest;
  readonly #targets: readonly SearchTarget[];
  readonly #aggregators: ReadonlyMap<string, Aggregator>;
  readonly #sort: readonly SortField[];
  /** Is the order the default one, by score, so that sort values are not shown? */
  readonly #byScore: boolean;
  readonly #keys: readonly SortKey[];
  readonly #top: TopDocuments;
  readonly #looksAhead: boolean;
  /** Indices that were not searched, because they cannot have hits. */
  readonly skipped = new Set<SearchTarget>();
  readonly #tally: Tally = { total: 0, maxScore: Number.NEGATIVE_INFINITY };
  /** Documents since the last step. */
  #visited = 0;
  #timedOut = false;

  constructor(request: SearchRequest, targets: readonly SearchTarget[]) {
    this.#request = request;
    this.#targets = targets;
    this.#aggregators = new Map([...request.aggregations].map(([name, make]) => [name, make()]));
    this.#sort = sortOf(request);
    this.#byScore = this.#sort.length === 1 && this.#sort[0]?.field === "_score" && this.#sort[0].descending;
    this.#looksAhead = looksAhead(request.sort, targets) && !request.visitsAll;
    this.#keys = bindSort(this.#sort);
    this.#top = new TopDocuments(request.from + request.size, this.#keys);
  }

  get #scored(): boolean {
    return this.#request.trackScores || this.#sort.some(({ field }) => field === "_score");
  }

  /** @returns the failure, if the index had one. */
  *search(target: SearchTarget, shard: number, nowMs: number): Steps<readonly ShardFailure[]> {
    if (target.isGone()) return [goneFailure(target)];
    try {
      yield* this.#searchIndex(target, shard, nowMs);
      return NO_FAILURE;
    } catch (error) {
      if (!(error instanceof TimeExceeded)) return [shardFailure(target, error)];
      if (!this.#request.allowPartial) return [shardFailure(target, outOfTime())];
      this.#timedOut = true;
      return NO_FAILURE;
    }
  }

  *#searchIndex(target: SearchTarget, shard: number, nowMs: number): Steps<void> {
    const { postFilter } = this.#request;
    const context = contextOf(target, nowMs);
    const query = filtered(this.#request.query, target.filter);
    if (this.#mayBeSkipped(shard) && isSkipped(query, context)) {
      this.skipped.add(target);
      return;
    }
    // In this order Elasticsearch complains.
    const plan = planQuery(query, context);
    const post = postFilter && planQuery(postFilter, context);
    checkSort(this.#sort, target);
    if (this.#request.after || isBeyondWindow(this.#request))
      this.#checkAggregations({ target, shard, view: emptyView, context, constantScore: plan.constantScore });
    const after = this.#readAfter(target);
    checkWindow(this.#request);
    const found = this.#request.showsUnseen ? target.snapshot : target.snapshot.filter((view) => mayMatch(plan, view));
    // An empty index is asked, too: whether its fields can be aggregated depends only on their types.
    const views = found.length === 0 ? [emptyView] : found;
    for (const scope of this.#bestFirst(
      views.map((view) => ({ target, shard, view, context, constantScore: plan.constantScore })),
    )) {
      if (this.#visited >= VISITED_A_STEP) yield* this.#rest();
      yield* this.#searchSegment(scope, plan, post, after);
    }
  }

  #aggregatedSegment(scope: SegmentScope): { aggregator: Aggregator; collect: Collect }[] {
    try {
      return [...this.#aggregators.values()].map((aggregator) => ({ aggregator, collect: aggregator.segment(scope) }));
    } catch (error) {
      if (isLate(error)) this.#checkAggregations(scope);
      throw error;
    }
  }

  /** What aggregations cannot work with is seen with their first segment, but most of it comes before what else may be wrong. */
  #checkAggregations(scope: SegmentScope): void {
    for (const aggregator of this.#aggregators.values())
      try {
        aggregator.segment(scope);
      } catch (error) {
        if (!isLate(error)) throw error;
      }
  }

  /** One index at least is asked for aggregations. */
  #mayBeSkipped(shard: number): boolean {
    if (!this.#looksAhead) return false;
    const isLast = shard === this.#targets.length - 1;
    return this.#aggregators.size === 0 || !isLast || this.skipped.size < shard;
  }

  /** Segments that can have the best hits come first, so that others may be skipped. */
  #bestFirst(scopes: readonly SegmentScope[]): readonly SegmentScope[] {
    const [primary] = this.#keys;
    if (scopes.length < 2 || primary?.bound === undefined || this.#aggregators.size > 0) return scopes;
    const bounds = new Map(scopes.map((scope) => [scope, primary.bound?.(scope)?.segment ?? null]));
    return [...scopes].sort((a, b) => primary.compare(bounds.get(a) ?? null, bounds.get(b) ?? null));
  }

  /** The same values may mean different ones to each index. */
  #readAfter(target: SearchTarget): readonly SortValue[] | undefined {
    const { after, sort } = this.#request;
    return after && readAfter(after, sort, this.#keys, target);
  }

  *#searchSegment(
    scope: SegmentScope,
    plan: Plan,
    post: Plan | undefined,
    after: readonly SortValue[] | undefined,
  ): Steps<void> {
    // Aggregations visit also a segment without matches, to report fields they cannot work with.
    const segments = this.#aggregatedSegment(scope);
    if (segments.length === 0 && this.#isBehind(scope)) return;
    this.#visited += VISITED_A_SEGMENT;
    const matcher = plan.bind(scope.view);
    if (matcher.cost === 0) return;
    const collectors = remaining(segments, matcher, scope, plan);
    const filter = post?.bind(scope.view);
    const { trackScores, totalLimit, size, from } = this.#request;
    const skip = collectors.length > 0 || trackScores ? undefined : this.#skipperOnceFound(scope, plan);
    const isCounted = skip !== undefined && filter === undefined && this.#countAhead(matcher, scope);
    const parts: VisitParts = {
      matcher,
      constantScore: scope.constantScore,
      deleted: scope.view.deleted,
      collect: together(collectors),
      filter,
      makeOffer: () => this.#top.segment(scope, this.#scored, after),
      skip,
      isCounted,
      blocks: isCounted ? this.#blocksOf(scope) : undefined,
      trackScores,
      totalLimit,
      onlyCollects: size + from === 0 && skip === undefined && filter === undefined && !trackScores,
    };
    for (const visit = new SegmentVisit(parts, this.#tally); !visit.isDone;) {
      this.#visited += visit.run(VISITED_A_STEP - this.#visited);
      if (this.#visited >= VISITED_A_STEP) yield* this.#rest();
    }
  }

  /** Only where hits are counted already is the order free in which they are visited. */
  #blocksOf(scope: SegmentScope): Iterator<number> | undefined {
    const [primary] = this.#keys;
    const { found } = this.#top;
    // One hit at least has to be found where others may be better; the first of all is found in any order.
    if (found.size > 0 && this.#top.mustFind(scope.target)) return undefined;
    const bound = this.#byScore ? undefined : primary?.bound?.(scope);
    return primary && bound && bestBlocks(bound, scope.view.visible, (a, b) => primary.compare(a, b), this.#top);
  }

  /** Others have a turn, if this was long. @throws {TimeExceeded} */
  *#rest(): Steps<void> {
    this.#visited = 0;
    yield;
    const { timeoutMs } = this.#request;
    if (timeoutMs !== undefined && performance.now() - this.#startMs > timeoutMs) throw new TimeExceeded();
  }

  /** Is counting done, and every document of the segment behind those that were found? */
  #isBehind(scope: SegmentScope): boolean {
    const { trackScores, totalLimit } = this.#request;
    if (trackScores || this.#byScore || this.#tally.total <= totalLimit || this.#top.mustFind(scope.target))
      return false;
    const bound = this.#keys[0]?.bound?.(scope);
    return bound !== undefined && this.#top.rejects(bound.segment, false);
  }

  /** Counts all matches at once, if the matcher can, so that hits need no more counting. */
  #countAhead(matcher: Matcher, { view }: SegmentScope): boolean {
    if (view.deleted !== undefined || matcher.count === undefined) return false;
    this.#tally.total += matcher.count(this.#request.totalLimit - this.#tally.total);
    return true;
  }

  #skipperOnceFound(scope: SegmentScope, plan: Plan): ((document: number) => number) | undefined {
    const skip = this.#skipper(scope, plan);
    if (skip === undefined || !this.#top.mustFind(scope.target)) return skip;
    return (document) => (this.#top.mustFind(scope.target) ? document : skip(document));
  }

  /**
   * Once counting is done, only documents that can still be among the best matter. Returns the document to continue with: the
   * same one when it has to be looked at.
   */
  #skipper(scope: SegmentScope, plan: Plan): ((document: number) => number) | undefined {
    const top = this.#top;
    if (this.#byScore) {
      const best = plan.constantScore ?? plan.greatestScore;
      if (best === undefined) return undefined;
      return (document) => (top.rejects(best, true) ? END : document);
    }
    const bound = this.#keys[0]?.bound?.(scope);
    if (!bound) return this.#aheadOf(scope);
    return (document) => {
      if (top.rejects(bound.segment, false)) return END;
      if (!top.rejects(bound.block(document), false)) return document;
      return (Math.floor(document / BLOCK_SIZE) + 1) * BLOCK_SIZE;
    };
  }

  /** As {@link SearchRun.#skipper}, where the values have to be read. */
  #aheadOf(scope: SegmentScope): ((document: number) => number) | undefined {
    if (this.#keys[0]?.ahead === undefined) return undefined;
    const { visible } = scope.view;
    // Made for the first document: it reads the column of the sort.
    let ahead: ReturnType<TopDocuments["ahead"]> | null = null;
    return (document) => {
      if (ahead === null) ahead = this.#top.ahead(scope);
      // Where few documents match, those between them are not worth looking at either.
      return ahead?.(document, Math.min(document + BLOCK_SIZE, visible)) ?? document;
    };
  }

  answer(failures: readonly ShardFailure[]): SearchAnswer {
    const { from, size, fetch } = this.#request;
    const best = this.#top.sorted();
    const hits = best.slice(from, from + size);
    const asDecimals = mergeSorts(this.#keys, this.#foundTargets());
    const last = this.#lastAsked(failures);
    checkAddresses(this.#keys, hits, last);
    const maxScore = this.#byScore ? best[0]?.score : this.#tally.maxScore;
    const frame = {
      total: this.#shownTotal(),
      maxScore: maxScore === Number.NEGATIVE_INFINITY || (this.#byScore && size === 0) ? undefined : maxScore,
      scored: this.#scored,
      keys: this.#byScore ? [] : this.#keys,
      asDecimals,
      last,
      fetch,
    };
    const isUnasked = this.#targets.length === this.skipped.size + failures.length;
    return {
      shards: shardCounts(this.#targets, failures, this.skipped),
      hits: showHits(
        hits,
        isUnasked ? { ...frame, maxScore: 0, total: this.skipped.size > 0 ? NOTHING : frame.total } : frame,
      ),
      aggregations: isUnasked || this.#aggregators.size === 0 ? undefined : this.#aggregationResults(),
      total: this.#tally.total,
      timedOut: this.#timedOut,
    };
  }

  #lastAsked(failures: readonly ShardFailure[]): SearchTarget | undefined {
    const isAsked = (target: SearchTarget): boolean =>
      !this.skipped.has(target) && !failures.some((failure) => failure.target === target);
    return this.#targets.findLast(isAsked);
  }

  #foundTargets(): readonly SearchTarget[] {
    return this.#targets.filter((target) => this.#top.found.has(target));
  }

  #shownTotal(): Writable {
    const { totalLimit } = this.#request;
    if (totalLimit === NOT_SHOWN) return undefined;
    const beyond = this.#tally.total > totalLimit;
    return { value: beyond ? totalLimit : this.#tally.total, relation: beyond ? "gte" : "eq" };
  }

  #aggregationResults(): object {
    return Object.fromEntries([...this.#aggregators].map(([name, aggregator]) => [name, aggregator.result(0)]));
  }
}

const filtered = (query: Query, filter: Query | undefined): Query => {
  if (filter === undefined) return query;
  const both: BoolQuery = { kind: "bool", must: [query], filter: [filter], should: [], mustNot: [], boost: 1 };
  return both;
};

/** What is shown where all indices were skipped, also when no total is wanted. */
const NOTHING: Writable = { value: 0, relation: "eq" };
