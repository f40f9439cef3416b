import type { SegmentScope } from "../hits/scope.ts";
import type { Json } from "../json/json.ts";
import { Double, type Writable } from "../json/write-json.ts";
import type { LeafField } from "../mapping/field.ts";
import type { Aggregator, Collect } from "./aggregator.ts";
import { aggregatedField } from "./keys.ts";
import { metadataReader } from "./metadata-field.ts";
import { checkNumbers, missingNumber, type NumberText, textOfNumbers } from "./number-text.ts";
import { singleValueProblem } from "./order-path.ts";

export type MetricKind = "min" | "max" | "avg" | "sum" | "stats" | "value_count";

interface Stats {
  count: number;
  sum: number;
  /** What rounding has taken from the sum. */
  lost: number;
  min: number;
  max: number;
}

const EMPTY: Readonly<Stats> = {
  count: 0,
  sum: 0,
  lost: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
};

/** A measure of a field. */
export interface MetricOptions {
  readonly field: string;
  readonly missing: Json | undefined;
  /** Of the text beside the number. */
  readonly format: string | undefined;
}

/** min, max, avg, sum, stats and value_count of a field. */
export class MetricAggregator implements Aggregator {
  readonly #kind: MetricKind;
  readonly #field: string;
  readonly #missing: Json | undefined;
  readonly #format: string | undefined;
  readonly #stats: Stats[] = [];
  #mapped: LeafField | undefined;
  #text: NumberText;

  constructor(kind: MetricKind, { field, missing, format }: MetricOptions) {
    this.#kind = kind;
    this.#field = field;
    this.#missing = missing;
    this.#format = format;
  }

  segment(scope: SegmentScope): Collect {
    const field = aggregatedField(this.#field, scope, this.#kind);
    const text = this.#textOf(field);
    if (this.#mapped === undefined) this.#text = text;
    this.#mapped ??= field;
    const column = field && scope.view.segment.columns.get(field.name);
    const missing = this.#missingOf(field, scope);
    if (this.#kind !== "value_count") checkNumbers(field, this.#kind);
    const own = field && metadataReader(field, scope);
    if (own) return (document, bucket) => void (this.#of(bucket).count += own(document).length);
    if (column?.kind === "numbers" && column.isSingle && missing === undefined)
      return (document, bucket) => {
        if (column.has(document)) addTo(this.#of(bucket), column.first(document));
      };
    return (document, bucket) => {
      const stats = this.#of(bucket);
      const before = stats.count;
      if (column?.kind === "numbers") column.each(document, (value) => addTo(stats, Number(value)));
      else if (column?.kind === "terms") column.each(document, () => stats.count++);
      if (stats.count === before && missing !== undefined) addTo(stats, missing);
    };
  }

  /** A pattern that nothing is written by is not read, either. */
  #textOf(field: LeafField | undefined): NumberText {
    return this.#kind === "value_count" && field === undefined ? undefined : textOfNumbers(field, this.#format);
  }

  /** What counts for documents without a value; of values that are only counted, any text does where there is no mapping. */
  #missingOf(field: LeafField | undefined, scope: SegmentScope): number | undefined {
    if (this.#kind === "value_count" && field === undefined) return this.#missing === undefined ? undefined : 0;
    return missingNumber(this.#missing, field, this.#format, scope);
  }

  takeAll({ view }: SegmentScope): boolean {
    const column = this.#mapped && view.segment.columns.get(this.#mapped.name);
    if (column?.kind !== "numbers" || !column.isSingle || this.#missing !== undefined) return false;
    const stats = this.#of(0);
    if (this.#kind === "value_count") stats.count += column.countPresent(view.visible);
    else
      for (let document = 0; document < view.visible; document++)
        if (column.has(document)) addTo(stats, column.first(document));
    return true;
  }

  #of(bucket: number): Stats {
    return (this.#stats[bucket] ??= { ...EMPTY });
  }

  result(bucket: number): Writable {
    const stats = this.#stats[bucket] ?? EMPTY;
    if (this.#kind === "value_count") return { value: stats.count };
    if (this.#kind === "stats") return this.#allOf(stats);
    const value = valueOf(stats, this.#kind);
    return { value: shown(value), ...this.#asString("value", value) };
  }

  #allOf(stats: Readonly<Stats>): object {
    const names = ["min", "max", "avg", "sum"] as const;
    const values = names.map((name) => [name, valueOf(stats, name)] as const);
    const texts =
      stats.count === 0 ? [] : values.flatMap(([name, value]) => Object.entries(this.#asString(name, value)));
    // Elasticsearch writes the texts of booleans as booleans here, and only here.
    const isBoolean = this.#mapped?.type === "boolean";
    return {
      count: stats.count,
      ...Object.fromEntries(values.map(([name, value]) => [name, shown(value)])),
      ...Object.fromEntries(texts.map(([name, text]) => [name, isBoolean ? text === "true" : text])),
    };
  }

  #asString(name: string, value: number | undefined): Readonly<Record<string, string>> {
    const text = value === undefined ? undefined : this.#text?.(value);
    return text === undefined ? {} : { [`${name}_as_string`]: text };
  }

  metric(bucket: number, key: string | undefined): number {
    const stats = this.#stats[bucket] ?? EMPTY;
    const wanted = this.#kind === "stats" ? key : this.#kind;
    if (wanted === "min" || wanted === "max") return stats[wanted];
    if (wanted === "avg" || wanted === "sum") return valueOf(stats, wanted) ?? Number.NaN;
    return stats.count;
  }

  orderProblem(key: string | undefined, name: string): string | undefined {
    if (this.#kind !== "stats") return singleValueProblem(key, name);
    if (key === undefined) return "When ordering on a multi-value metrics aggregation a metric name must be specified.";
    if (["count", "min", "max", "avg", "sum"].includes(key)) return undefined;
    return `Unknown metric name [${key}] on multi-value metrics aggregation [${name}]`;
  }
}

/** Adds with Kahan's correction, as Elasticsearch does, so that sums agree to the last digit. */
const addTo = (stats: Stats, value: number): void => {
  stats.count++;
  const corrected = value - stats.lost;
  const sum = stats.sum + corrected;
  stats.lost = sum - stats.sum - corrected;
  stats.sum = sum;
  if (value < stats.min) stats.min = value;
  if (value > stats.max) stats.max = value;
};

const valueOf = (stats: Readonly<Stats>, name: "min" | "max" | "avg" | "sum"): number | undefined => {
  if (name === "sum") return stats.sum;
  if (stats.count === 0) return undefined;
  return name === "avg" ? stats.sum / stats.count : stats[name];
};

const shown = (value: number | undefined): Writable => (value === undefined ? null : new Double(value));
