import type { SegmentScope } from "../hits/scope.ts";
import type { Json } from "../json/json.ts";
import { type Writable, writeJson } from "../json/write-json.ts";
import type { LeafField } from "../mapping/field.ts";
import type { Aggregator, Collect, SubAggregations } from "./aggregator.ts";
import { Buckets } from "./buckets.ts";
import { CombinedKeys } from "./combined-keys.ts";
import { aggregatedField, type Key, type KeyStyle, keyStyle, missingKey } from "./keys.ts";
import { rankGroups, type RankOptions } from "./ranking.ts";

/** One field of a `multi_terms` aggregation. */
export interface MultiTermsField {
  readonly field: string;
  /** Read by the type of the field. */
  readonly missing: Json | undefined;
  /** Of dates. */
  readonly format: string | undefined;
}

/** One bucket for each distinct combination of values. Documents without one of the fields are in none. */
export class MultiTermsAggregator implements Aggregator {
  readonly #terms: readonly MultiTermsField[];
  readonly #options: RankOptions;
  readonly #buckets: Buckets;
  readonly #keys: CombinedKeys;
  readonly #fields: (LeafField | undefined)[] = [];

  constructor(terms: readonly MultiTermsField[], options: RankOptions, children: SubAggregations) {
    this.#terms = terms;
    this.#options = options;
    this.#buckets = new Buckets(children);
    this.#keys = new CombinedKeys(() => this.#buckets.open());
  }

  segment(scope: SegmentScope): Collect {
    const fields = this.#terms.map(({ field }) => aggregatedField(field, scope, "multi_terms"));
    for (const [i, field] of fields.entries()) this.#fields[i] ??= field;
    const missing = this.#terms.map((term, i) =>
      missingKey(keyStyle(fields[i], term.format, term.missing), term.missing, scope.context.nowMs),
    );
    const buckets = this.#keys.segment(fields, missing, scope);
    const collect = this.#buckets.segment(scope);
    return (document, parent, score) => {
      buckets(document, parent, (bucket) => {
        collect(document, bucket, score);
      });
    };
  }

  result(parent: number): Writable {
    const styles = this.#terms.map(({ format, missing }, i) => keyStyle(this.#fields[i], format, missing));
    const byKey = (a: number, b: number): number => this.#compareKeys(a, b, styles);
    const { shown, totals, perBucket } = rankGroups(this.#keys.of(parent), this.#buckets, this.#options, byKey);
    return {
      ...totals,
      buckets: shown.map((bucket) => {
        const key = this.#keys.parts(bucket).map((part, i) => showPart(part, styles[i]));
        const { doc_count, ...others } = this.#buckets.contents(bucket);
        return { key, key_as_string: key.map(partText).join("|"), doc_count, ...perBucket, ...others };
      }),
    };
  }

  #compareKeys(a: number, b: number, styles: readonly KeyStyle[]): number {
    const [left, right] = [this.#keys.parts(a), this.#keys.parts(b)];
    for (const [i, style] of styles.entries()) {
      const order = style.compare(left[i] ?? 0, right[i] ?? 0);
      if (order !== 0) return order;
    }
    return 0;
  }
}

/** Booleans are shown as such and dates as text, other than in `terms`. */
const showPart = (part: Key, style: KeyStyle | undefined): Writable => {
  const text = style?.text(part);
  if (text === undefined) return style?.show(part) ?? part;
  return style?.isBoolean === true ? text === "true" : text;
};

const partText = (shown: Writable): string => (typeof shown === "string" ? shown : writeJson(shown));
