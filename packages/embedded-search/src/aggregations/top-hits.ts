import { type ApiError, illegalArgument } from "../errors/api-error.ts";
import { type FetchOptions, showHits } from "../hits/fetch.ts";
import type { SearchTarget, SegmentScope } from "../hits/scope.ts";
import { checkSort } from "../hits/check-sort.ts";
import { bindSort, type SortKey } from "../hits/sort-plan.ts";
import type { SortField } from "../hits/sort.ts";
import { TopDocuments } from "../hits/top-documents.ts";
import type { Writable } from "../json/write-json.ts";
import type { Aggregator, Collect } from "./aggregator.ts";

/** Hits in one bucket, as `index.max_inner_result_window`. */
const MAX_WINDOW = 100;

/** Options of `top_hits`, defaults filled in. */
export interface TopHitsOptions {
  readonly size: number;
  readonly from: number;
  readonly sort: readonly SortField[];
  readonly trackScores: boolean;
  readonly fetch: FetchOptions;
}

/** What one bucket has. */
interface Found {
  readonly top: TopDocuments;
  total: number;
  maxScore: number;
}

/** One bucket in one segment. */
interface BucketVisit {
  readonly found: Found;
  readonly offer: (document: number, score: () => number) => void;
  /** Can no further document of the segment be among the best? It only counts then. */
  isOver: boolean;
}

/** The best documents of each bucket. */
export class TopHitsAggregator implements Aggregator {
  readonly #name: string;
  readonly #options: TopHitsOptions;
  readonly #targets = new Set<SearchTarget>();
  readonly #tops: Found[] = [];
  #keys: readonly SortKey[] | undefined;

  /** @param name - Of the aggregation, for messages. */
  constructor(name: string, options: TopHitsOptions) {
    this.#name = name;
    this.#options = options;
  }

  segment(scope: SegmentScope): Collect {
    // Dates are shown as numbers here, whatever format the sort asks for.
    const sort = this.#options.sort.map((key) => ({ ...key, format: undefined }));
    this.#checkWindow();
    if (!this.#targets.has(scope.target)) checkSort(sort, scope.target);
    this.#targets.add(scope.target);
    this.#keys ??= bindSort(sort.length === 0 ? BY_SCORE : sort);
    const visits: BucketVisit[] = [];
    return (document, bucket, score) => {
      const visit = (visits[bucket] ??= this.#visit(bucket, scope));
      visit.found.total++;
      if (visit.isOver) return;
      if (this.#scored) visit.found.maxScore = Math.max(visit.found.maxScore, score());
      visit.offer(document, score);
      visit.isOver = this.#isOver(visit.found, scope);
    };
  }

  #visit(bucket: number, scope: SegmentScope): BucketVisit {
    if (this.#options.size + this.#options.from === 0) throw noHits();
    const found = this.#of(bucket);
    return { found, offer: found.top.segment(scope, this.#scored), isOver: false };
  }

  /** Documents with equal scores come in the order of their places, so that the first ones are the best. */
  #isOver({ top }: Found, { constantScore }: SegmentScope): boolean {
    return constantScore !== undefined && this.#keys?.[0]?.name === "_score" && top.rejects(constantScore, true);
  }

  #checkWindow(): void {
    const window = this.#options.size + this.#options.from;
    if (window <= MAX_WINDOW) return;
    throw illegalArgument(
      `Top hits result window is too large, the top hits aggregator [${this.#name}]'s from + size must be less than or equal to: [${MAX_WINDOW}] but was [${window}]. This limit can be set by changing the [index.max_inner_result_window] index level setting.`,
    );
  }

  get #scored(): boolean {
    const { sort, trackScores } = this.#options;
    return sort.length === 0 || trackScores || sort.some(({ field }) => field === "_score");
  }

  #of(bucket: number): Found {
    const { size, from } = this.#options;
    return (this.#tops[bucket] ??= {
      top: new TopDocuments(size + from, this.#keys ?? []),
      total: 0,
      maxScore: Number.NEGATIVE_INFINITY,
    });
  }

  result(bucket: number): Writable {
    const { from, sort, fetch } = this.#options;
    const top = this.#tops[bucket];
    const hits = top?.top.sorted().slice(from) ?? [];
    return {
      hits: showHits(hits, {
        total: { value: top?.total ?? 0, relation: "eq" },
        maxScore: this.#scored && top ? top.maxScore : undefined,
        scored: this.#scored,
        keys: sort.length === 0 ? [] : (this.#keys ?? []),
        asDecimals: [],
        fetch,
      }),
    };
  }
}

const noHits = (): ApiError =>
  illegalArgument("numHits must be > 0; please use TotalHitCountCollectorManager if you just need the total hit count");

const BY_SCORE: readonly SortField[] = [
  { field: "_score", descending: true, missing: "_last", unmappedType: undefined, format: undefined, mode: "max" },
];
