import type { SegmentScope } from "../hits/scope.ts";
import type { Writable } from "../json/write-json.ts";
import { END, type Matcher } from "../plan/matcher.ts";
import { planQuery } from "../plan/plan-query.ts";
import { insideAggregation } from "../plan/query-cause.ts";
import type { Query } from "../recipe/query.ts";
import type { Aggregator, Collect, InnerNumbers, SubAggregations } from "./aggregator.ts";
import { Buckets } from "./buckets.ts";
import { ONLY_SINGLE } from "./order-path.ts";

/** Names of the filters, and whether they are shown as an object (`keyed`), as a list with their names (`named`), as a plain list, or alone (`single`). */
export interface FilterSet {
  readonly shape: "keyed" | "named" | "list" | "single";
  readonly filters: readonly (readonly [name: string, query: Query])[];
  /** Name of the bucket of documents that match no filter. */
  readonly otherKey: string | undefined;
}

/** The `filter` and `filters` aggregations: one bucket per query. */
export class FiltersAggregator implements Aggregator {
  readonly #set: FilterSet;
  readonly #buckets: Buckets;
  /** First bucket number of each bucket of the aggregation above. */
  readonly #first: number[] = [];
  /** Of the segment being collected. */
  #matchers: readonly Matcher[] = [];
  #collect: Collect = () => undefined;

  constructor(set: FilterSet, children: SubAggregations) {
    this.#set = set;
    this.#buckets = new Buckets(children);
  }

  segment(scope: SegmentScope): Collect {
    const plans = this.#set.filters.map(([, query]) => insideAggregation(() => planQuery(query, scope.context)));
    const matchers = plans.map((plan) => plan.bind(scope.view));
    const collect = this.#buckets.segment(scope);
    this.#matchers = matchers;
    this.#collect = collect;
    return (document, parent, score) => {
      const first = this.#bucketsOf(parent);
      let found = false;
      for (let i = 0; i < matchers.length; i++) {
        if (matchers[i]?.matches(document) !== true) continue;
        found = true;
        collect(document, first + i, score);
      }
      if (!found && this.#set.otherKey !== undefined) collect(document, first + matchers.length, score);
    };
  }

  /** Each filter walks through its own documents; when only counts are asked for, it just counts them. */
  takeAll({ view }: SegmentScope, score: () => number): boolean {
    if (this.#set.otherKey !== undefined) return false;
    const first = this.#bucketsOf(0);
    for (const [i, matcher] of this.#matchers.entries()) {
      const count = this.#buckets.onlyCount ? matcher.count?.(view.visible) : undefined;
      if (count !== undefined) this.#buckets.add(first + i, count);
      else walk(matcher, (document) => this.#collect(document, first + i, score));
    }
    return true;
  }

  #bucketsOf(parent: number): number {
    const known = this.#first[parent];
    if (known !== undefined) return known;
    const first = this.#buckets.open();
    for (let i = 1; i < this.#set.filters.length + (this.#set.otherKey === undefined ? 0 : 1); i++)
      this.#buckets.open();
    this.#first[parent] = first;
    return first;
  }

  result(parent: number): Writable {
    const first = this.#bucketsOf(parent);
    const { shape, filters, otherKey } = this.#set;
    if (shape === "single") return this.#buckets.contents(first);
    const names = [...filters.map(([name]) => name), ...(otherKey === undefined ? [] : [otherKey])];
    const contents = names.map((name, i) => [name, this.#buckets.contents(first + i)] as const);
    if (shape === "keyed") return { buckets: Object.fromEntries(contents) };
    return { buckets: contents.map(([key, content]) => (shape === "named" ? { key, ...content } : content)) };
  }

  metric(parent: number, key: string | undefined): number | undefined {
    return this.orderProblem(key) === undefined ? this.#buckets.count(this.#bucketsOf(parent)) : undefined;
  }

  orderProblem(key: string | undefined): string | undefined {
    return this.#set.shape === "single" && (key === undefined || key === "doc_count") ? undefined : ONLY_SINGLE;
  }

  get inside(): InnerNumbers | undefined {
    if (this.#set.shape !== "single") return undefined;
    return {
      metric: (parent, path) => this.#buckets.metric(this.#bucketsOf(parent), path),
      checkPath: (path, whole) => this.#buckets.checkPath(path, whole),
    };
  }
}

const walk = (matcher: Matcher, visit: (document: number) => void): void => {
  for (let document = matcher.next(0); document !== END; document = matcher.next(document + 1)) visit(document);
};
