import type { SegmentScope } from "../hits/scope.ts";
import type { Json } from "../json/json.ts";
import { Double, type Writable, writeDouble } from "../json/write-json.ts";
import type { LeafField } from "../mapping/field.ts";
import { parseJavaDouble } from "../values/java-number.ts";
import type { Aggregator, Collect } from "./aggregator.ts";
import { aggregatedField } from "./keys.ts";
import { OrderStatistics } from "./order-statistics.ts";
import { checkNumbers, missingNumber, type NumberText, numbersOf, textOfNumbers } from "./number-text.ts";

/** Values at some percentages of the documents, or the percentages at some values. */
export type PercentileKind = "percentiles" | "percentile_ranks";

/** Options of both, defaults filled in. */
export interface PercentileOptions {
  readonly field: string;
  /** The percentages, or the values, in ascending order. */
  readonly keys: readonly number[];
  readonly keyed: boolean;
  readonly missing: Json | undefined;
  readonly format: string | undefined;
}

const NONE = new Float64Array(0);

/** `percentiles` and `percentile_ranks`: of all values, where Elasticsearch estimates once there are many. */
export class PercentilesAggregator implements Aggregator {
  readonly #kind: PercentileKind;
  readonly #options: PercentileOptions;
  readonly #values: number[][] = [];
  readonly #sorted: Float64Array[] = [];
  readonly #statistics: OrderStatistics[] = [];
  #mapped: LeafField | undefined;
  #text: NumberText;

  constructor(kind: PercentileKind, options: PercentileOptions) {
    this.#kind = kind;
    this.#options = options;
  }

  segment(scope: SegmentScope): Collect {
    const { field: name, format, missing } = this.#options;
    const field = aggregatedField(name, scope, this.#kind);
    const text = textOfNumbers(field, format);
    if (this.#mapped === undefined) this.#text = text;
    this.#mapped ??= field;
    checkNumbers(field, this.#kind);
    const each = numbersOf(field, scope, missingNumber(missing, field, format, scope));
    return (document, bucket) => {
      const values = this.#collected(bucket);
      each(document, (value) => values.push(value));
    };
  }

  #collected(bucket: number): number[] {
    return (this.#values[bucket] ??= []);
  }

  takeAll({ view }: SegmentScope): boolean {
    const column = this.#mapped && view.segment.columns.get(this.#mapped.name);
    if (column?.kind !== "numbers" || !column.isSingle || this.#options.missing !== undefined) return false;
    const values = this.#collected(0);
    for (let document = 0; document < view.visible; document++) {
      const value = column.first(document);
      if (value === value) values.push(value);
    }
    return true;
  }

  #of(bucket: number): Float64Array {
    const values = this.#values[bucket];
    if (values === undefined) return NONE;
    return (this.#sorted[bucket] ??= Float64Array.from(values).sort());
  }

  #at(bucket: number, key: number): number {
    if (this.#kind === "percentile_ranks") return rank(this.#of(bucket), key) * 100;
    return quantile((this.#statistics[bucket] ??= new OrderStatistics(this.#values[bucket] ?? [])), key / 100);
  }

  result(bucket: number): Writable {
    const { keys, keyed } = this.#options;
    const found = keys.map((key) => ({ key, value: this.#at(bucket, key) }));
    if (keyed) return { values: Object.fromEntries(found.flatMap(({ key, value }) => this.#named(key, value))) };
    return {
      values: found.map(({ key, value }) => ({
        key: new Double(key),
        value: shown(value),
        value_as_string: this.#textOf(value),
      })),
    };
  }

  #named(key: number, value: number): readonly (readonly [string, Writable])[] {
    const name = writeDouble(key);
    return [
      [name, shown(value)],
      [`${name}_as_string`, this.#textOf(value)],
    ];
  }

  #textOf(value: number): string | undefined {
    return Number.isNaN(value) ? undefined : this.#text?.(value);
  }

  metric(bucket: number, key: string | undefined): number {
    return this.#at(bucket, Number(key));
  }

  orderProblem(key: string | undefined, name: string): string | undefined {
    if (key === undefined) return "When ordering on a multi-value metrics aggregation a metric name must be specified.";
    const number = parseJavaDouble(key);
    if (number === undefined) return `For input string: "${key}"`;
    return this.#options.keys.includes(number)
      ? undefined
      : `Unknown metric name [${key}] on multi-value metrics aggregation [${name}]`;
  }
}

const shown = (value: number): Writable => (Number.isNaN(value) ? null : new Double(value));

/** Between two values as far along as the share lies between theirs. */
const quantile = (values: OrderStatistics, share: number): number => {
  const last = values.length - 1;
  const index = share * last;
  if (index <= 0) return values.at(0);
  if (index >= last) return values.at(last);
  const low = Math.floor(index);
  const from = values.at(low);
  return from + (index - low) * (values.at(low + 1) - from);
};

/**
 * The share of values below another. Each value stands for all numbers from the middle between it and the one before to the
 * middle between it and the next, evenly; the ends count half as often as they are there.
 */
const rank = (values: Float64Array, value: number): number => {
  const { length } = values;
  const [least = Number.NaN] = values;
  const greatest = values[length - 1] ?? Number.NaN;
  if (length === 0) return Number.NaN;
  if (value < least) return 0;
  if (value > greatest) return 1;
  const equal = value === least || value === greatest ? values.filter((one) => one === value).length : 0;
  if (value === greatest) return (length - equal / 2) / length;
  if (value === least) return equal / 2 / length;
  for (let i = 0; i < length; i++) {
    const middle = values[i] ?? Number.NaN;
    const next = values[i + 1] ?? Number.NaN;
    const half = (next - middle) / 2;
    const right = i === length - 1 ? (middle - (values[i - 1] ?? middle)) / 2 : half;
    if (value >= middle + right) continue;
    const left = i === 0 ? right : (middle - (values[i - 1] ?? middle)) / 2;
    const start = middle - left;
    return (i + (value - start) / (middle + right - start)) / length;
  }
  return 1;
};
