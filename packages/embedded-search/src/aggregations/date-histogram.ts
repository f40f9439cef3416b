import { compileDateFormat, type DateFormat, defaultDateFormat } from "../dates/date-format.ts";
import type { Zone } from "../dates/zone.ts";
import { illegalArgument, unsupported } from "../errors/api-error.ts";
import type { SegmentScope } from "../hits/scope.ts";
import type { Json } from "../json/json.ts";
import type { Writable } from "../json/write-json.ts";
import { isDate, isNumeric, type LeafField } from "../mapping/field.ts";
import type { Aggregator, Collect, SubAggregations } from "./aggregator.ts";
import { checkBucketCount, KeyedBuckets } from "./buckets.ts";
import { type AxisBounds, fillAxis } from "./date-axis.ts";
import { checkDateField } from "./date-field.ts";
import { aggregatedField, keyReader } from "./keys.ts";
import type { Rounding } from "./rounding.ts";
import { readDate } from "./read-date.ts";
import { finalOrder, type GroupOrder } from "./ranking.ts";

/** Options of a `date_histogram`, defaults filled in. */
export interface DateHistogramOptions {
  /** Of the aggregation, for messages. */
  readonly name: string;
  readonly field: string;
  /** undefined = no interval was given, which is an error in every index. */
  readonly rounding: Rounding | undefined;
  readonly zone: Zone;
  /** Did the request name a zone? */
  readonly hasZone: boolean;
  readonly format: string | undefined;
  readonly minDocCount: number;
  /** Instants between which buckets are shown even when empty. */
  readonly extendedBounds: { readonly min?: Json | undefined; readonly max?: Json | undefined } | undefined;
  readonly order: readonly GroupOrder[];
  readonly keyed: boolean;
  readonly missing: Json | undefined;
}

/** Most instants lie in the same interval as the one before. */
const remembering = (rounding: Rounding): ((ms: number) => number) => {
  let [start, next] = [0, 0];
  return (value) => {
    const ms = Math.trunc(value); // decimals of numbers are dropped
    if (ms >= start && ms < next) return start;
    start = rounding.floor(ms);
    next = rounding.until(start);
    return start;
  };
};

/** One bucket for each interval of time. */
export class DateHistogramAggregator implements Aggregator {
  readonly #options: DateHistogramOptions;
  readonly #groups: KeyedBuckets<number>;
  #format: DateFormat = defaultDateFormat;
  #bounds: AxisBounds | undefined;
  /** The first field that has a mapping; keys of numbers are not shown as dates. */
  #mapped: LeafField | undefined;

  constructor(options: DateHistogramOptions, children: SubAggregations) {
    this.#options = options;
    this.#groups = new KeyedBuckets(children);
  }

  segment(scope: SegmentScope): Collect {
    const { field: name, format, missing } = this.#options;
    const rounding = this.#rounding();
    this.#groups.buckets.checkOrder(this.#options.order);
    const field = aggregatedField(name, scope, "date_histogram");
    if (field) checkDateField(field);
    this.#format = format === undefined ? (field?.format ?? this.#format) : compileDateFormat(format);
    this.#mapped ??= field;
    if (field && isNumeric(field.type)) this.#checkNumbers(field);
    const each = keyReader(field, scope, missing === undefined ? undefined : this.#instant(missing, scope));
    this.#bounds = this.#boundsOf(rounding, scope);
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

  /** Milliseconds need neither a format nor a zone. */
  #checkNumbers({ name, type }: LeafField): void {
    const { format, hasZone } = this.#options;
    if (hasZone) throw illegalArgument(`Field [${name}] of type [${type}] does not support custom time zones`);
    if (format !== undefined) throw unsupported(`The [format] of the numbers of field [${name}]`);
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

  #instant(value: Json, { context }: SegmentScope): number {
    const { zone } = this.#options;
    return readDate(value, { format: this.#format, nowMs: context.nowMs, zone });
  }

  #boundsOf(rounding: Rounding, scope: SegmentScope): AxisBounds | undefined {
    const { extendedBounds: bounds, name } = this.#options;
    if (bounds === undefined) return undefined;
    const [min, max] = [bounds.min, bounds.max].map((bound) =>
      bound === undefined ? undefined : this.#instant(bound, scope),
    );
    if (min !== undefined && max !== undefined && min > max)
      throw illegalArgument(
        `[extended_bounds.min][${min}] cannot be greater than [extended_bounds.max][${max}] for histogram aggregation [${name}]`,
      );
    return { min: min && rounding.ofBound(min), max: max && rounding.ofBound(max) };
  }

  result(parent: number): Writable {
    const { minDocCount, keyed } = this.#options;
    const { buckets } = this.#groups;
    const groups = this.#groups.of(parent).map((bucket) => ({ bucket, start: this.#groups.key(bucket) }));
    const found = groups.filter(({ bucket }) => buckets.count(bucket) >= minDocCount).sort((a, b) => a.start - b.start);
    checkBucketCount(found.length);
    const axis = minDocCount === 0 ? fillAxis(found, this.#rounding(), this.#bounds) : found;
    const entries = axis.map(({ start, bucket }) => ({
      start,
      bucket: bucket ?? buckets.open(),
      isBlank: bucket === undefined,
    }));
    const shown = this.#inOrder(entries).map(({ start, bucket, isBlank }) => ({
      key_as_string: this.#shownText(start),
      key: start,
      ...(isBlank ? buckets.blankContents() : buckets.contents(bucket)),
    }));
    if (!keyed) return { buckets: shown };
    return { buckets: Object.fromEntries(shown.map((item) => [item.key_as_string ?? String(item.key), item])) };
  }

  #shownText(start: number): string | undefined {
    return this.#mapped === undefined || isDate(this.#mapped.type)
      ? this.#format.print(start, this.#options.zone)
      : undefined;
  }

  /** Entries come in the order of the axis, which is only left for another order. */
  #inOrder<Entry extends { readonly start: number; readonly bucket: number }>(
    entries: readonly Entry[],
  ): readonly Entry[] {
    const { order } = this.#options;
    const [first] = order;
    if (first?.path === "_key") return first.descending ? [...entries].reverse() : entries;
    const { buckets } = this.#groups;
    const startOf = new Map(entries.map(({ bucket, start }) => [bucket, start]));
    const byKey = (a: number, b: number): number => (startOf.get(a) ?? 0) - (startOf.get(b) ?? 0);
    const compare = finalOrder(order, buckets, byKey);
    return [...entries].sort((a, b) => compare(a.bucket, b.bucket));
  }
}
