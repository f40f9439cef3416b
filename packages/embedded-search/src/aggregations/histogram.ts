import { illegalArgument } from "../errors/api-error.ts";
import type { SegmentScope } from "../hits/scope.ts";
import type { Json } from "../json/json.ts";
import { Double, type Writable, writeDouble } from "../json/write-json.ts";
import type { LeafField } from "../mapping/field.ts";
import type { Aggregator, Collect, SubAggregations } from "./aggregator.ts";
import { type AxisBounds, checkInside, type Steps } from "./axis.ts";
import { KeyedBuckets } from "./buckets.ts";
import { countSteps } from "./count-steps.ts";
import { type HistogramOptions, showHistogram, type StartStyle } from "./histogram-buckets.ts";
import { aggregatedField } from "./keys.ts";
import {
  checkNumbers,
  missingNumber,
  type NumberText,
  numbersOf,
  singleNumberOf,
  textOfNumbers,
} from "./number-text.ts";

/** Options of a `histogram`, defaults filled in. */
export interface NumberHistogramOptions extends HistogramOptions {
  readonly field: string;
  /** 0 = none was given, which is an error in every index. */
  readonly interval: number;
  readonly offset: number;
  /** Numbers between which buckets are shown even when empty. */
  readonly extendedBounds: AxisBounds | undefined;
  /** Numbers beyond which there are no buckets. */
  readonly hardBounds: AxisBounds | undefined;
  readonly missing: Json | undefined;
  readonly format: string | undefined;
}

/** One bucket for each interval of numbers. */
export class HistogramAggregator implements Aggregator {
  readonly #options: NumberHistogramOptions;
  readonly #groups: KeyedBuckets<number>;
  #mapped: LeafField | undefined;
  #text: NumberText;

  constructor(options: NumberHistogramOptions, children: SubAggregations) {
    this.#options = options;
    this.#groups = new KeyedBuckets(children);
  }

  segment(scope: SegmentScope): Collect {
    const { field: name, format, order, interval, extendedBounds, hardBounds } = this.#options;
    const field = aggregatedField(name, scope, "histogram");
    const text = textOfNumbers(field, format);
    if (this.#mapped === undefined) this.#text = text;
    this.#mapped ??= field;
    checkNumbers(field, "histogram");
    checkInside(extendedBounds, hardBounds, { extended: boundsText(extendedBounds), hard: boundsText(hardBounds) });
    if (interval === 0) throw illegalArgument("interval must be positive, got: 0.0");
    const substitute = missingNumber(this.#options.missing, field, format, scope);
    const single = singleNumberOf(field, scope, substitute);
    const collect = this.#groups.buckets.segment(scope);
    this.#groups.buckets.checkOrder(order);
    return single ? this.#ofSingle(single, collect) : this.#ofSeveral(numbersOf(field, scope, substitute), collect);
  }

  #ofSingle(single: (document: number) => number, collect: Collect): Collect {
    return (document, parent, score) => {
      const value = single(document);
      const start = value === value ? this.#startOf(value) : undefined;
      if (start !== undefined) collect(document, this.#groups.bucket(parent, start), score);
    };
  }

  #ofSeveral(each: ReturnType<typeof numbersOf>, collect: Collect): Collect {
    return (document, parent, score) => {
      let last: number | undefined;
      each(document, (value) => {
        const start = this.#startOf(value);
        if (start === undefined || Object.is(start, last)) return;
        collect(document, this.#groups.bucket(parent, start), score);
        last = start;
      });
    };
  }

  takeAll({ view }: SegmentScope): boolean {
    const { interval, offset, missing } = this.#options;
    const { buckets } = this.#groups;
    const column = this.#mapped && view.segment.columns.get(this.#mapped.name);
    if (column?.kind !== "numbers" || !column.isSingle || missing !== undefined || !buckets.onlyCount) return false;
    const counts = countSteps(column, view.visible, { interval, offset });
    for (const [step, count] of counts ?? []) {
      const start = this.#startAt(step);
      if (start !== undefined) buckets.add(this.#groups.bucket(0, start), count);
    }
    return counts !== undefined;
  }

  #startOf(value: number): number | undefined {
    const { interval, offset } = this.#options;
    return this.#startAt(Math.floor((value - offset) / interval));
  }

  /** The start of an interval that is so many after the one at the offset; undefined beyond the bounds. */
  #startAt(step: number): number | undefined {
    const { interval, offset, hardBounds } = this.#options;
    const start = step * interval;
    const isBeyond =
      (hardBounds?.min !== undefined && start < hardBounds.min) ||
      (hardBounds?.max !== undefined && start > hardBounds.max);
    return isBeyond ? undefined : start + offset;
  }

  result(parent: number): Writable {
    const { extendedBounds, interval, offset } = this.#options;
    const round = (value: number): number => Math.floor((value - offset) / interval) * interval + offset;
    const steps: Steps = { next: (start) => round(start + interval + interval / 2) };
    const style: StartStyle = {
      show: (start) => new Double(start),
      text: (start) => this.#text?.(start),
      name: (start) => writeDouble(start),
    };
    const { min, max } = extendedBounds ?? {};
    const bounds = { min: min === undefined ? undefined : round(min), max };
    return showHistogram(this.#groups, parent, this.#options, style, { steps, bounds });
  }
}

const boundsText = (bounds: AxisBounds | undefined): string =>
  [bounds?.min, bounds?.max].map((end) => (end === undefined ? "" : writeDouble(end))).join("--");
