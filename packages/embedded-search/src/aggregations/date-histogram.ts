import { compileDateFormat, type DateFormat, defaultDateFormat } from "../dates/date-format.ts";
import type { Zone } from "../dates/zone.ts";
import { illegalArgument } from "../errors/api-error.ts";
import type { SegmentScope } from "../hits/scope.ts";
import { type Json, showJson } from "../json/json.ts";
import type { Writable } from "../json/write-json.ts";
import { isDate, isNumeric, type LeafField } from "../mapping/field.ts";
import { compileDecimalFormat } from "../values/decimal-format.ts";
import type { Aggregator, Collect, SubAggregations } from "./aggregator.ts";
import { type AxisBounds, checkInside } from "./axis.ts";
import { KeyedBuckets } from "./buckets.ts";
import { countTimes } from "./count-steps.ts";
import { checkDateField } from "./date-field.ts";
import { type HistogramOptions, showHistogram, type StartStyle } from "./histogram-buckets.ts";
import { aggregatedField, keyReader, readWhole } from "./keys.ts";
import { checkFormat } from "./number-text.ts";
import type { Rounding } from "./rounding.ts";
import { readDate } from "./read-date.ts";

/** Ends of an axis as a request gives them. */
export interface GivenBounds {
  readonly min?: Json | undefined;
  readonly max?: Json | undefined;
}

/** Options of a `date_histogram`, defaults filled in. */
export interface DateHistogramOptions extends HistogramOptions {
  /** Of the aggregation, for messages. */
  readonly name: string;
  readonly field: string;
  /** undefined = no interval was given, which is an error in every index. */
  readonly rounding: Rounding | undefined;
  readonly zone: Zone;
  /** Did the request name a zone? */
  readonly hasZone: boolean;
  readonly format: string | undefined;
  /** Instants between which buckets are shown even when empty. */
  readonly extendedBounds: GivenBounds | undefined;
  /** Instants beyond which there are no buckets. */
  readonly hardBounds: GivenBounds | undefined;
  readonly missing: Json | undefined;
}

/** The greatest double that a long holds. */
const LONGEST = 2 ** 63 - 1024;

/** Most instants lie in the same interval as the one before. */
const remembering = (rounding: Rounding): ((ms: number) => number) => {
  let [start, next] = [0, 0];
  return (value) => {
    const ms = Math.max(-LONGEST, Math.min(LONGEST, Math.trunc(value))); // as a double becomes a long
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
  /** Of keys, as for the first field that has a mapping; keys of numbers are not shown as dates. */
  #text: ((start: number) => string) | undefined;
  #isMapped = false;
  /** Counts the segment that came last, when its documents have one value at most. */
  #whole: (() => void) | undefined;

  constructor(options: DateHistogramOptions, children: SubAggregations) {
    this.#options = options;
    this.#groups = new KeyedBuckets(children);
  }

  segment(scope: SegmentScope): Collect {
    const { field: name, format, missing } = this.#options;
    const rounding = this.#rounding();
    const field = aggregatedField(name, scope, "date_histogram");
    checkFormat(field, format);
    if (field) checkDateField(field);
    if (field && isNumeric(field.type)) this.#checkNumbers(field);
    else this.#format = format === undefined ? (field?.format ?? this.#format) : compileDateFormat(format);
    this.#noteText(field);
    const each = keyReader(field, scope, missing === undefined ? undefined : this.#instant(missing, scope, field));
    const { extended, hard } = this.#boundsOf(rounding, scope, field);
    this.#bounds = shifted(extended, rounding.offsetMs);
    const collect = this.#groups.buckets.segment(scope);
    this.#groups.buckets.checkOrder(this.#options.order);
    const isWithin = (start: number): boolean =>
      (hard?.min === undefined || start >= hard.min) && (hard?.max === undefined || start < hard.max);
    const floor = remembering(rounding);
    const bucketOf = this.#remembered();
    const column = field && scope.view.segment.columns.get(field.name);
    this.#whole = undefined;
    if (column?.kind === "numbers" && column.isSingle && missing === undefined) {
      this.#whole = () =>
        countTimes(column, scope.view.visible, floor, rounding, (start, count) => {
          if (isWithin(start)) this.#groups.buckets.add(bucketOf(0, start), count);
        });
      return (document, parent, score) => {
        if (!column.has(document)) return;
        const start = floor(column.first(document));
        if (isWithin(start)) collect(document, bucketOf(parent, start), score);
      };
    }
    return (document, parent, score) => {
      let last = Number.NaN;
      each(document, (key) => {
        const start = floor(Number(key));
        if (start !== last && isWithin(start)) collect(document, bucketOf(parent, start), score);
        last = start;
      });
    };
  }

  takeAll(): boolean {
    if (this.#whole === undefined || !this.#groups.buckets.onlyCount) return false;
    this.#whole();
    return true;
  }

  /** Milliseconds need no zone. */
  #checkNumbers({ name, type }: LeafField): void {
    if (!this.#options.hasZone) return;
    throw illegalArgument(`Field [${name}] of type [${type}] does not support custom time zones`);
  }

  #noteText(field: LeafField | undefined): void {
    if (this.#isMapped) return;
    this.#isMapped = field !== undefined;
    const { format, zone } = this.#options;
    const dates = this.#format;
    if (field === undefined || isDate(field.type)) this.#text = (start) => dates.print(start, zone);
    else {
      const numbers = format === undefined ? undefined : compileDecimalFormat(format);
      this.#text = numbers && ((start) => numbers.ofWhole(start));
    }
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

  #instant(value: Json, { context }: SegmentScope, field: LeafField | undefined): number {
    if (field && isNumeric(field.type)) return Number(readWhole(value));
    const { zone } = this.#options;
    return readDate(value, { format: this.#format, nowMs: context.nowMs, zone });
  }

  #boundsOf(
    rounding: Rounding,
    scope: SegmentScope,
    field: LeafField | undefined,
  ): { readonly extended: AxisBounds | undefined; readonly hard: AxisBounds | undefined } {
    const { extendedBounds, hardBounds, name } = this.#options;
    const floor = (ms: number | undefined): number | undefined =>
      ms === undefined ? undefined : rounding.floorOfBound(ms);
    const read = (bounds: GivenBounds | undefined, label: string): AxisBounds | undefined => {
      if (bounds === undefined) return undefined;
      const [min, max] = [bounds.min, bounds.max].map((bound) =>
        bound === undefined ? undefined : this.#instant(bound, scope, field),
      );
      if (min === undefined || max === undefined || min <= max) return { min: floor(min), max: floor(max) };
      const order = `[${label}.min][${min}] cannot be greater than [${label}.max][${max}]`;
      throw illegalArgument(`${order} for histogram aggregation [${name}]`);
    };
    const extended = read(extendedBounds, "extended_bounds");
    const hard = read(hardBounds, "hard_bounds");
    checkInside(extended, hard, { extended: boundsText(extendedBounds), hard: boundsText(hardBounds) });
    return { extended, hard };
  }

  result(parent: number): Writable {
    const style: StartStyle = { show: (start) => start, name: String, text: (start) => this.#text?.(start) };
    return showHistogram(this.#groups, parent, this.#options, style, { steps: this.#rounding(), bounds: this.#bounds });
  }
}

const boundsText = (bounds: GivenBounds | undefined): string =>
  [bounds?.min, bounds?.max].map((end) => (end === undefined ? "" : showJson(end))).join("--");

/** Only the ends of what is shown lie where the intervals do. */
const shifted = (bounds: AxisBounds | undefined, offsetMs: number): AxisBounds | undefined =>
  bounds && {
    min: bounds.min === undefined ? undefined : bounds.min + offsetMs,
    max: bounds.max === undefined ? undefined : bounds.max + offsetMs,
  };
