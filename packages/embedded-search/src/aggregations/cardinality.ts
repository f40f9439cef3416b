import type { SegmentScope } from "../hits/scope.ts";
import { SEVERAL_TERMS, type TermsColumn } from "../index/terms-column.ts";
import type { Json } from "../json/json.ts";
import type { Writable } from "../json/write-json.ts";
import type { Aggregator, Collect } from "./aggregator.ts";
import { aggregatedField, type Key, keyReader, keyStyle, missingKey } from "./keys.ts";
import { singleValueProblem } from "./order-path.ts";

/** Tells decimals from whole numbers and terms. */
const DECIMAL_SIGN = "\u0001";

/** How many distinct values a field has. Exact, where Elasticsearch estimates above its `precision_threshold`. */
export class CardinalityAggregator implements Aggregator {
  readonly #field: string;
  readonly #missing: Json | undefined;
  readonly #keys: Set<Key>[] = [];

  constructor(field: string, missing: Json | undefined) {
    this.#field = field;
    this.#missing = missing;
  }

  segment(scope: SegmentScope): Collect {
    const field = aggregatedField(this.#field, scope, "cardinality");
    const missing = missingKey(keyStyle(field), this.#missing, scope.context.nowMs);
    const column = field && scope.view.segment.columns.get(field.name);
    if (column?.kind === "terms" && missing === undefined) return this.#byNumber(column);
    const each = keyReader(field, scope, missing);
    // Of several indices, a whole number of one and a decimal of another are never the same.
    const isDecimal = field?.type === "double" || field?.type === "float";
    return (document, bucket) => {
      const keys = this.#of(bucket);
      each(document, (key) => keys.add(isDecimal ? `${DECIMAL_SIGN}${key}` : key));
    };
  }

  /** The terms of a segment are known without looking at its documents, unless some of those are not visible yet. */
  takeAll({ view: { segment, visible } }: SegmentScope): boolean {
    const column = segment.columns.get(this.#field);
    if (column?.kind !== "terms" || this.#missing !== undefined || visible !== segment.size) return false;
    const keys = this.#of(0);
    for (const term of column.dictionary.terms()) keys.add(term);
    return true;
  }

  /** In the first bucket, usually the only one, each term of the segment is looked up once instead of once per document. */
  #byNumber(column: TermsColumn): Collect {
    const seen = new Uint8Array(column.dictionary.size);
    const add = (term: number, bucket: number): void => {
      if (bucket === 0 && seen[term] === 1) return;
      if (bucket === 0) seen[term] = 1;
      this.#of(bucket).add(column.dictionary.term(term));
    };
    return (document, bucket) => {
      const single = column.single(document);
      if (single >= 0) add(single, bucket);
      else if (single === SEVERAL_TERMS) column.each(document, (term) => add(term, bucket));
    };
  }

  #of(bucket: number): Set<Key> {
    return (this.#keys[bucket] ??= new Set());
  }

  result(bucket: number): Writable {
    return { value: this.metric(bucket) };
  }

  orderProblem(key: string | undefined, name: string): string | undefined {
    return singleValueProblem(key, name);
  }

  metric(bucket: number): number {
    return this.#keys[bucket]?.size ?? 0;
  }
}
