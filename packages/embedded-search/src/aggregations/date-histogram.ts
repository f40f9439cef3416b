import { type DateFormat, defaultDateFormat } from "../dates/date-format.ts";
import type { Zone } from "../dates/zone.ts";
import { illegalArgument } from "../errors/api-error.ts";
import type { SegmentScope } from "../hits/scope.ts";
import { type Json, showJson } from "../json/json.ts";
import type { Writable } from "../json/write-json.ts";
import type { Aggregator, Collect, SubAggregations } from "./aggregator.ts";
import { checkBucketCount, KeyedBuckets } from "./buckets.ts";
import { aggregatedField, keyReader } from "./keys.ts";
import type { Rounding } from "./rounding.ts";
import type { GroupOrder } from "./ranking.ts";

/** Options of a `date_histogram`, defaults filled in. */
export interface DateHistogramOptions {
  readonly field: string;
  /** undefined = no interval was given, which is an error in every index. */
  readonly rounding: Rounding | undefined;
  readonly zone: Zone;
  readonly format: DateFormat | undefined;
  readonly minDocCount: number;
  /** Instants between which buckets are shown even when empty. */
  readonly extendedBounds: { readonly min?: Json | undefined; readonly max?: Json | undefined } | undefined;
  readonly order: GroupOrder;
  readonly keyed: boolean;
  readonly missing: Json | undefined;
}

/** Most instants lie in the same interval as the one before. */
const remembering = (rounding: Rounding): ((ms: number) => number) => {
  let [start, next] = [0, 0];
  return (ms) => {
    if (ms >= start && ms < next) return start;
    start = rounding.floor(ms);
    next = rounding.next(start);
    return start;
  };
};

/** One bucket for each interval of time. */
export class DateHistogramAggregator implements Aggregator {
  readonly #options: DateHistogramOptions;
  readonly #groups: KeyedBuckets<number>;
  #format: DateFormat = defaultDateFormat;

  constructor(options: DateHistogramOptions, children: SubAggregations) {
    this.#options = options;
    this.#groups = new KeyedBuckets(children);
  }

  segment(scope: SegmentScope): Collect {
    const { field: name, format, missing } = this.#options;
    const rounding = this.#rounding();
    const field = aggregatedField(name, scope, "date_histogram");
    if (field && (field.type === "keyword" || field.type === "ip" || field.type === "boolean"))
      throw illegalArgument(
        `Field [${name}] of type [${field.type}] is not supported for aggregation [date_histogram]`,
      );
    this.#format = format ?? field?.format ?? this.#format;
    const each = keyReader(field, scope, missing === undefined ? undefined : this.#instant(missing));
    const collect = this.#groups.buckets.segment(scope);
    const floor = remembering(rounding);
    const bucketOf = this.#remembered();
    const column = field && scope.view.segment.columns.get(field.name);
    if (column?.kind === "numbers" && column.isSingle && missing === undefined)
      return (document, parent, score) => {
        if (column.has(document)) collect(document, bucketOf(parent, floor(column.first(document))), score);
      };
    return (document, parent, score) => {
      let last = Number.NaN;
      each(document, (key) => {
        const start = floor(Number(key));
        if (start !== last) collect(document, bucketOf(parent, start), score);
        last = start;
      });
    };
  }

  /** Most documents come into the same bucket as the one before. */
  #remembered(): (parent: number, start: number) => number {
    let [lastParent, lastStart, last] = [-1, Number.NaN, -1];
    return (parent, start) => {
      if (parent !== lastParent || start !== lastStart) last = this.#groups.bucket(parent, start);
      [lastParent, lastStart] = [parent, start];
      return last;
    };
  }

  #rounding(): Rounding {
    const { rounding } = this.#options;
    if (rounding) return rounding;
    throw illegalArgument("Invalid interval specified, must be non-null and non-empty");
  }

  #instant(value: Json): number {
    const ms = this.#format.parse(showJson(value), { zone: this.#options.zone });
    if (ms === undefined)
      throw illegalArgument(`failed to parse date field [${showJson(value)}] with format [${this.#format.text}]`);
    return ms;
  }

  result(parent: number): Writable {
    const { minDocCount, keyed } = this.#options;
    if (minDocCount === 0) this.#fillGaps(parent);
    const { buckets } = this.#groups;
    const groups = this.#groups.of(parent).filter((bucket) => buckets.count(bucket) >= minDocCount);
    checkBucketCount(groups.length);
    const shown = groups.sort(this.#comparison()).map((bucket) => ({
      key_as_string: this.#format.print(this.#groups.key(bucket), this.#options.zone),
      key: this.#groups.key(bucket),
      ...buckets.contents(bucket),
    }));
    return { buckets: keyed ? Object.fromEntries(shown.map((item) => [item.key_as_string, item])) : shown };
  }

  #fillGaps(parent: number): void {
    const starts = this.#groups.of(parent).map((bucket) => this.#groups.key(bucket));
    const { extendedBounds: bounds } = this.#options;
    const rounding = this.#rounding();
    if (bounds?.min !== undefined) starts.push(rounding.floor(this.#instant(bounds.min)));
    if (bounds?.max !== undefined) starts.push(rounding.floor(this.#instant(bounds.max)));
    if (starts.length === 0) return;
    const last = starts.reduce((a, b) => Math.max(a, b));
    let count = 0;
    for (let start = starts.reduce((a, b) => Math.min(a, b)); start <= last; start = rounding.next(start)) {
      checkBucketCount(++count);
      this.#groups.bucket(parent, start);
    }
  }

  #comparison(): (a: number, b: number) => number {
    const { path, descending } = this.#options.order;
    const { buckets } = this.#groups;
    const sign = descending ? -1 : 1;
    const byKey = (a: number, b: number): number => this.#groups.key(a) - this.#groups.key(b);
    if (path === "_key") return (a, b) => sign * byKey(a, b);
    const value = (bucket: number): number =>
      path === "_count" ? buckets.count(bucket) : buckets.metric(bucket, path);
    return (a, b) => sign * (value(a) - value(b)) || byKey(a, b);
  }
}
