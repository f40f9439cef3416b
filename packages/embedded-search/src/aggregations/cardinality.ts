import { severalTerms, type TermsColumn } from "../index/terms-column.ts";
import { type Json } from "../json/json.ts";
import { type Writable } from "../json/write-json.ts";
import { type SegmentScope } from "../search/scope.ts";
import { type Aggregator, type Collect } from "./aggregator.ts";
import { aggregatedField, type Key, keyReader, keyStyle } from "./keys.ts";

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
    const missing = this.#missing === undefined ? undefined : keyStyle(field).read(this.#missing);
    const column = field && scope.view.segment.columns.get(field.name);
    if (column?.kind === "terms" && missing === undefined) return this.#byNumber(column);
    const each = keyReader(field, scope, missing);
    return (document, bucket) => {
      const keys = (this.#keys[bucket] ??= new Set());
      each(document, (key) => keys.add(key));
    };
  }

  /** In the first bucket, mostly the only one, each term of the segment is looked up once instead of once a document. */
  #byNumber(column: TermsColumn): Collect {
    const seen = new Uint8Array(column.dictionary.size);
    const add = (term: number, bucket: number): void => {
      if (bucket === 0 && seen[term] === 1) return;
      if (bucket === 0) seen[term] = 1;
      (this.#keys[bucket] ??= new Set()).add(column.dictionary.term(term));
    };
    return (document, bucket) => {
      const single = column.single(document);
      if (single >= 0) add(single, bucket);
      else if (single === severalTerms) column.each(document, (term) => add(term, bucket));
    };
  }

  result(bucket: number): Writable {
    return { value: this.metric(bucket) };
  }

  metric(bucket: number): number {
    return this.#keys[bucket]?.size ?? 0;
  }
}
