import { ApiError, type ErrorCause } from "../errors/api-error.ts";
import type { SegmentScope } from "../hits/scope.ts";
import type { Aggregator, Collect, SubAggregations } from "./aggregator.ts";
import { MergeError } from "../errors/merge-error.ts";
import { checkedLate } from "./late-error.ts";
import { checkPath, numberAt } from "./order-path.ts";

/** Buckets in one answer, as Elasticsearch's `search.max_buckets`. */
const MAX_BUCKETS = 65_536;

/** Stands for a bucket in which nothing was ever looked for. */
export const NO_BUCKET = -1;

/** The buckets of one aggregation: their counts, and the aggregations inside them. Buckets are numbered from 0. */
export class Buckets {
  readonly #counts: number[] = [];
  readonly #children: ReadonlyMap<string, Aggregator>;

  constructor(children: SubAggregations) {
    this.#children = new Map([...children].map(([name, make]) => [name, make()]));
  }

  /** @returns the number of a new, empty bucket. */
  open(): number {
    return this.#counts.push(0) - 1;
  }

  /** Does a document only add one to the count of its bucket? */
  get onlyCount(): boolean {
    return this.#children.size === 0;
  }

  /** Adds documents to a bucket without sub-aggregations. */
  add(bucket: number, documents: number): void {
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + documents;
  }

  count(bucket: number): number {
    return this.#counts[bucket] ?? 0;
  }

  segment(scope: SegmentScope): Collect {
    const children = [...this.#children.values()].map((child) => child.segment(scope));
    const counts = this.#counts;
    if (children.length === 0) return (_document, bucket) => void (counts[bucket] = (counts[bucket] ?? 0) + 1);
    return (document, bucket, score) => {
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      for (const child of children) child(document, bucket, score);
    };
  }

  /** The part of a bucket that is the same for all kinds: count and sub-aggregations. */
  contents(bucket: number): { readonly doc_count: number } {
    return { doc_count: this.count(bucket), ...this.childResults(bucket) };
  }

  /** What is in a bucket that is only added between others: not even keys without documents. */
  blankContents(): { readonly doc_count: number } {
    return { doc_count: 0, ...this.childResults(NO_BUCKET) };
  }

  childResults(bucket: number): object {
    return Object.fromEntries([...this.#children].map(([name, child]) => [name, child.result(bucket)]));
  }

  /**
   * The number that an `order` path names in one bucket: `name`, `name.property`, or `filter>name`.
   *
   * @throws {ApiError} 400 when there is no such aggregation or it has no such number.
   */
  metric(bucket: number, path: string): number {
    return numberAt(this.#children, bucket, path);
  }

  /** @throws {ApiError} 400 when buckets cannot be put in one of these orders. */
  checkOrder(order: readonly { readonly path: string }[]): void {
    checkedLate(() => order.forEach(({ path }) => this.checkPath(path, path)));
  }

  /** As {@link Buckets.checkOrder}, for a path that goes on inside a bucket. */
  checkPath(path: string, whole: string): void {
    if (path !== "_key" && path !== "_count") checkPath(this.#children, path, whole);
  }
}

const tooMany = (): ErrorCause => ({
  type: "too_many_buckets_exception",
  reason: `Trying to create too many buckets. Must be less than or equal to: [${MAX_BUCKETS}] but this number of buckets was exceeded. This limit can be set by changing the [search.max_buckets] cluster level setting.`,
  details: { max_buckets: MAX_BUCKETS },
});

/** @throws {ApiError} 400 when an answer would have more buckets than allowed. */
export const checkBucketCount = (count: number): void => {
  if (count > MAX_BUCKETS) throw new ApiError(400, tooMany());
};

/** As {@link checkBucketCount}, for buckets that are only added to what the shards answered. */
export const checkMergedCount = (count: number): void => {
  if (count > MAX_BUCKETS) throw new MergeError(tooMany());
};

/** Numbers buckets by a key, separately for each bucket of the aggregation above. */
export class KeyedBuckets<Key> {
  readonly buckets: Buckets;
  readonly #byParent = new Map<number, Map<Key, number>>();
  readonly #keys: Key[] = [];
  /** The buckets of the bucket above that was asked for last: documents often come into one many times in a row. */
  #lastParent = NO_BUCKET;
  #last = new Map<Key, number>();

  constructor(children: SubAggregations) {
    this.buckets = new Buckets(children);
  }

  /** The bucket of a key, opened when new. */
  bucket(parent: number, key: Key): number {
    const own = parent === this.#lastParent ? this.#last : this.#ownOf(parent);
    const known = own.get(key);
    if (known !== undefined) return known;
    const bucket = this.buckets.open();
    own.set(key, bucket);
    this.#keys[bucket] = key;
    return bucket;
  }

  #ownOf(parent: number): Map<Key, number> {
    this.#last = this.#byParent.get(parent) ?? this.#open(parent);
    this.#lastParent = parent;
    return this.#last;
  }

  #open(parent: number): Map<Key, number> {
    const own = new Map<Key, number>();
    this.#byParent.set(parent, own);
    return own;
  }

  /** The buckets of one bucket above, in the order in which they were opened. */
  of(parent: number): number[] {
    return [...(this.#byParent.get(parent)?.values() ?? [])];
  }

  /** The key of a bucket that {@link KeyedBuckets.bucket} gave. */
  key(bucket: number): Key {
    const key = this.#keys[bucket];
    if (key === undefined) throw new RangeError(`There is no bucket ${bucket}.`);
    return key;
  }
}
