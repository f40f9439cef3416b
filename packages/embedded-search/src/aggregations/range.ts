import { illegalArgument } from "../errors/api-error.ts";
import type { SegmentScope } from "../hits/scope.ts";
import type { Json } from "../json/json.ts";
import { Double, type Writable, writeDouble } from "../json/write-json.ts";
import type { LeafField } from "../mapping/field.ts";
import type { Aggregator, Collect, SubAggregations } from "./aggregator.ts";
import { Buckets } from "./buckets.ts";
import { aggregatedField } from "./keys.ts";
import {
  checkNumbers,
  missingNumber,
  type NumberText,
  numbersOf,
  singleNumberOf,
  textOfNumbers,
} from "./number-text.ts";
import {
  type Bounds,
  countWithin,
  type GivenRange,
  isWithin,
  type Range,
  rangeOf,
  sortedRanges,
} from "./range-bounds.ts";

/** Options of `range`, defaults filled in. */
export interface RangeOptions {
  /** Of the aggregation, for messages. */
  readonly name: string;
  readonly field: string;
  readonly ranges: readonly GivenRange[];
  readonly keyed: boolean;
  readonly missing: Json | undefined;
  readonly format: string | undefined;
}

/** One bucket for each of some ranges of numbers, which may overlap. */
export class RangeAggregator implements Aggregator {
  readonly #options: RangeOptions;
  readonly #buckets: Buckets;
  /** First bucket number of each bucket of the aggregation above. */
  readonly #first: number[] = [];
  #ranges: readonly Range[] = [];
  #mapped: LeafField | undefined;
  #text: NumberText;
  #isBoolean = false;
  /** Of the segment that came last. */
  #bounds: readonly Bounds[] = [];
  #field: LeafField | undefined;

  constructor(options: RangeOptions, children: SubAggregations) {
    this.#options = options;
    this.#buckets = new Buckets(children);
  }

  segment(scope: SegmentScope): Collect {
    const { name, format, ranges, missing } = this.#options;
    const field = aggregatedField(this.#options.field, scope, "range");
    const text = textOfNumbers(field, format);
    checkNumbers(field, "range");
    if (ranges.length === 0) throw illegalArgument(`No [ranges] specified for the [${name}] aggregation`);
    if (this.#mapped === undefined) {
      this.#text = text;
      this.#isBoolean = field?.type === "boolean";
      this.#ranges = sortedRanges(ranges.map((range) => rangeOf(range, field, format, scope)));
    }
    this.#mapped ??= field;
    const stored = field?.type === "float" ? Math.fround : (value: number): number => value;
    const bounds = this.#ranges.map(({ from, to }) => ({ from: stored(from), to: stored(to) }));
    const substitute = missingNumber(missing, field, format, scope);
    this.#bounds = bounds;
    this.#field = field;
    const single = singleNumberOf(field, scope, substitute);
    const collect = this.#buckets.segment(scope);
    return single ? this.#ofSingle(single, collect) : this.#ofSeveral(numbersOf(field, scope, substitute), collect);
  }

  #ofSingle(single: (document: number) => number, collect: Collect): Collect {
    const bounds = this.#bounds;
    return (document, parent, score) => {
      const value = single(document);
      const first = this.#bucketsOf(parent);
      for (let i = 0; i < bounds.length; i++) if (isWithin(value, bounds[i])) collect(document, first + i, score);
    };
  }

  #ofSeveral(each: ReturnType<typeof numbersOf>, collect: Collect): Collect {
    const bounds = this.#bounds;
    return (document, parent, score) => {
      const first = this.#bucketsOf(parent);
      const values: number[] = [];
      each(document, (value) => values.push(value));
      for (const [i, range] of bounds.entries())
        if (values.some((value) => isWithin(value, range))) collect(document, first + i, score);
    };
  }

  takeAll({ view }: SegmentScope): boolean {
    const column = this.#field && view.segment.columns.get(this.#field.name);
    const isPlain = column?.kind === "numbers" && column.isSingle && this.#options.missing === undefined;
    if (!isPlain || !this.#buckets.onlyCount) return false;
    const first = this.#bucketsOf(0);
    for (const [i, range] of this.#bounds.entries())
      this.#buckets.add(first + i, countWithin(column, view.visible, range));
    return true;
  }

  #bucketsOf(parent: number): number {
    const known = this.#first[parent];
    if (known !== undefined) return known;
    const first = this.#buckets.open();
    for (let i = 1; i < this.#ranges.length; i++) this.#buckets.open();
    this.#first[parent] = first;
    return first;
  }

  result(parent: number): Writable {
    const first = this.#bucketsOf(parent);
    // Where no index has the field nothing was counted, not even keys without documents.
    const isBlank = this.#mapped === undefined && this.#options.missing === undefined;
    const shown = this.#ranges.map((range, i) => {
      const key = range.key ?? `${this.#end(range.from)}-${this.#end(range.to)}`;
      const item = { ...this.#shown("from", range.from), ...this.#shown("to", range.to) };
      const contents = isBlank ? this.#buckets.blankContents() : this.#buckets.contents(first + i);
      return [key, { ...item, ...contents }] as const;
    });
    if (this.#options.keyed) return { buckets: Object.fromEntries(shown) };
    return { buckets: shown.map(([key, item]) => ({ key, ...item })) };
  }

  #end(value: number): string {
    if (!Number.isFinite(value)) return "*";
    return this.#text?.(value) ?? writeDouble(value);
  }

  #shown(name: "from" | "to", value: number): object {
    if (!Number.isFinite(value)) return {};
    const text = this.#text?.(value);
    // Elasticsearch writes the texts of booleans as booleans here.
    return { [name]: new Double(value), [`${name}_as_string`]: this.#isBoolean ? text === "true" : text };
  }
}
