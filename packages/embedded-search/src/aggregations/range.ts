import { illegalArgument } from "../errors/api-error.ts";
import type { SegmentScope } from "../hits/scope.ts";
import { type Json, numberOf } from "../json/json.ts";
import { Double, type Writable, writeDouble } from "../json/write-json.ts";
import { isNumeric, type LeafField } from "../mapping/field.ts";
import type { Aggregator, Collect, SubAggregations } from "./aggregator.ts";
import { Buckets } from "./buckets.ts";
import { aggregatedField, keyStyle } from "./keys.ts";
import { checkNumbers, givenNumber, missingNumber, type NumberText, numbersOf, textOfNumbers } from "./number-text.ts";

/** One range as a request gives it; the upper bound is not in it. */
export interface GivenRange {
  readonly key: string | undefined;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
}

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

interface Range {
  readonly key: string | undefined;
  readonly from: number;
  readonly to: number;
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
      this.#ranges = sorted(ranges.map((range) => rangeOf(range, field, format, scope)));
    }
    this.#mapped ??= field;
    const stored = field?.type === "float" ? Math.fround : (value: number): number => value;
    const bounds = this.#ranges.map(({ from, to }) => ({ from: stored(from), to: stored(to) }));
    const each = numbersOf(field, scope, missingNumber(missing, field, format, scope));
    const collect = this.#buckets.segment(scope);
    return (document, parent, score) => {
      const first = this.#bucketsOf(parent);
      const values: number[] = [];
      each(document, (value) => values.push(value));
      for (const [i, { from, to }] of bounds.entries())
        if (values.some((value) => value >= from && value < to)) collect(document, first + i, score);
    };
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

const sorted = (ranges: readonly Range[]): readonly Range[] =>
  [...ranges].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

const rangeOf = (
  { key, from, to }: GivenRange,
  field: LeafField | undefined,
  format: string | undefined,
  scope: SegmentScope,
): Range => ({
  key,
  from: from === undefined ? Number.NEGATIVE_INFINITY : endOf(from, field, format, scope),
  to: to === undefined ? Number.POSITIVE_INFINITY : endOf(to, field, format, scope),
});

const endOf = (
  value: Json,
  field: LeafField | undefined,
  format: string | undefined,
  { context }: SegmentScope,
): number => {
  const number = numberOf(value);
  if (number !== undefined) return number;
  if (field === undefined || isNumeric(field.type)) return givenNumber(value, format);
  return Number(keyStyle(field, format).read(value, context.nowMs));
};
