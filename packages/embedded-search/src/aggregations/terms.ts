import type { SegmentScope } from "../hits/scope.ts";
import { SEVERAL_TERMS, type TermsColumn } from "../index/terms-column.ts";
import type { Json } from "../json/json.ts";
import type { Writable } from "../json/write-json.ts";
import type { LeafField } from "../mapping/field.ts";
import type { Aggregator, Collect, SubAggregations } from "./aggregator.ts";
import { checkBucketCount, KeyedBuckets } from "./buckets.ts";
import { aggregatedField, type Key, keyReader, type KeyStyle, keyStyle } from "./keys.ts";
import { smallest } from "./smallest.ts";

/** Options of a `terms` aggregation, defaults filled in. */
export interface TermsOptions {
  readonly field: string;
  readonly size: number;
  readonly minDocCount: number;
  /** Read by the type of the field. */
  readonly missing: Json | undefined;
  readonly order: readonly TermsOrder[];
  readonly format: string | undefined;
  readonly accepts: ((style: KeyStyle) => (key: Key) => boolean) | undefined;
}

/** `_count`, `_key`, or the path of a number in a sub-aggregation. */
export interface TermsOrder {
  readonly path: string;
  readonly descending: boolean;
}

/** One bucket for each distinct value. Counts are exact: all values are counted before any is cut. */
export class TermsAggregator implements Aggregator {
  readonly #options: TermsOptions;
  readonly #groups: KeyedBuckets<Key>;
  readonly #dictionaries: TermsColumn[] = [];
  #field: LeafField | undefined;

  constructor(options: TermsOptions, children: SubAggregations) {
    this.#options = options;
    this.#groups = new KeyedBuckets(children);
  }

  segment(scope: SegmentScope): Collect {
    const { missing, accepts, field: name, format } = this.#options;
    const field = aggregatedField(name, scope, "terms");
    this.#field ??= field;
    const style = keyStyle(field, format);
    const collect = this.#groups.buckets.segment(scope);
    const column = field && scope.view.segment.columns.get(field.name);
    if (column?.kind === "terms") this.#dictionaries.push(column);
    if (column?.kind === "terms" && missing === undefined && accepts === undefined)
      return this.#byNumber(column, collect);
    const each = keyReader(field, scope, missing === undefined ? undefined : style.read(missing));
    const accept = accepts?.(style);
    return (document, parent, score) =>
      each(document, (key) => {
        if (accept === undefined || accept(key)) collect(document, this.#groups.bucket(parent, key), score);
      });
  }

  takeAll({ view }: SegmentScope): boolean {
    const { missing, accepts } = this.#options;
    const { buckets } = this.#groups;
    const column = this.#field && view.segment.columns.get(this.#field.name);
    if (column?.kind !== "terms" || missing !== undefined || accepts !== undefined || !buckets.onlyCount) return false;
    for (const [term, count] of column.countTerms(view.visible).entries())
      if (count > 0) buckets.add(this.#groups.bucket(0, column.dictionary.term(term)), count);
    return true;
  }

  /** Looks up each term of the segment once instead of once per document. */
  #byNumber(column: TermsColumn, collect: Collect): Collect {
    // Made for the first document: most searches of alerts match none, and there may be a million terms.
    let known: Int32Array | undefined;
    let owner = -1;
    const bucketOf = (term: number): number => {
      known ??= new Int32Array(column.dictionary.size).fill(-1);
      let bucket = known[term] ?? -1;
      if (bucket === -1) {
        bucket = this.#groups.bucket(owner, column.dictionary.term(term));
        known[term] = bucket;
      }
      return bucket;
    };
    return (document, parent, score) => {
      if (parent !== owner) {
        known?.fill(-1);
        owner = parent;
      }
      const single = column.single(document);
      if (single >= 0) collect(document, bucketOf(single), score);
      else if (single === SEVERAL_TERMS) column.each(document, (term) => collect(document, bucketOf(term), score));
    };
  }

  result(parent: number): Writable {
    const { size, minDocCount, format } = this.#options;
    const style = keyStyle(this.#field, format);
    if (minDocCount === 0) this.#addUnseen(parent, style);
    const { buckets } = this.#groups;
    const counted = (groups: readonly number[]): number =>
      groups.reduce((sum, bucket) => sum + buckets.count(bucket), 0);
    const all = this.#groups.of(parent);
    // A group with too few documents is dropped from the best groups of the shard; the others do not count it anywhere.
    const best = smallest(all, this.#shardSize(), this.#comparison(style));
    const enough = best.filter((bucket) => buckets.count(bucket) >= minDocCount);
    const shown = enough.slice(0, size);
    checkBucketCount(shown.length);
    return {
      doc_count_error_upper_bound: this.#countError(best.length),
      sum_other_doc_count: counted(all) - counted(best) + counted(enough.slice(size)),
      buckets: shown.map((bucket) => ({
        key: style.show(this.#groups.key(bucket)),
        key_as_string: style.text(this.#groups.key(bucket)),
        ...buckets.contents(bucket),
      })),
    };
  }

  /** Counts are exact; but in some orders Elasticsearch does not trust its own once there are many groups, and answers -1. */
  #countError(groups: number): number {
    const [first] = this.#options.order;
    const trusted = first?.path === "_key" || (first?.path === "_count" && first.descending);
    return trusted || groups < this.#shardSize() ? 0 : -1;
  }

  /** Groups that a shard of Elasticsearch would give: more than are shown, except in the order of keys. */
  #shardSize(): number {
    const { size, order } = this.#options;
    return order[0]?.path === "_key" ? size : Math.floor(size * 1.5 + 10);
  }

  /** With `min_doc_count: 0` every term of the index has a bucket. */
  #addUnseen(parent: number, style: KeyStyle): void {
    const accept = this.#options.accepts?.(style);
    for (const { dictionary } of this.#dictionaries)
      for (const term of dictionary.terms()) if (accept?.(term) ?? true) this.#groups.bucket(parent, term);
  }

  #comparison(style: KeyStyle): (a: number, b: number) => number {
    const { buckets } = this.#groups;
    const byKey = (a: number, b: number): number => style.compare(this.#groups.key(a), this.#groups.key(b));
    const comparisons = this.#options.order.map(({ path, descending }) => {
      const sign = descending ? -1 : 1;
      if (path === "_key") return (a: number, b: number) => sign * byKey(a, b);
      if (path === "_count") return (a: number, b: number) => sign * (buckets.count(a) - buckets.count(b));
      return (a: number, b: number) => compareValues(buckets.metric(a, path), buckets.metric(b, path), sign);
    });
    return (a, b) => {
      for (const compare of comparisons) {
        const order = compare(a, b);
        if (order !== 0) return order;
      }
      return byKey(a, b);
    };
  }
}

/** Buckets without a number come last, whatever the direction. */
const compareValues = (a: number, b: number, sign: number): number => {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return sign * (a - b);
};
