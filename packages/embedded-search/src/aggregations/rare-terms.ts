import { ApiError, illegalArgument } from "../errors/api-error.ts";
import type { SegmentScope } from "../hits/scope.ts";
import type { Json } from "../json/json.ts";
import type { Writable } from "../json/write-json.ts";
import { isInteger, isNumeric, type LeafField } from "../mapping/field.ts";
import type { Aggregator, Collect, SubAggregations } from "./aggregator.ts";
import { checkBucketCount, KeyedBuckets } from "./buckets.ts";
import { aggregatedField, type EachKey, type Key, keyReader, type KeyStyle, keyStyle, missingKey } from "./keys.ts";
import { checkedLate } from "./late-error.ts";
import type { Accepts } from "./terms.ts";

/** Options of `rare_terms`, defaults filled in. */
export interface RareTermsOptions {
  readonly field: string;
  readonly maxDocCount: number;
  readonly missing: Json | undefined;
  readonly format: string | undefined;
  readonly accepts: Accepts | undefined;
}

/** One bucket for each value that only few documents have. All are counted, where Elasticsearch may take a rare one for a frequent one. */
export class RareTermsAggregator implements Aggregator {
  readonly #options: RareTermsOptions;
  readonly #groups: KeyedBuckets<Key>;
  #field: LeafField | undefined;

  constructor(options: RareTermsOptions, children: SubAggregations) {
    this.#options = options;
    this.#groups = new KeyedBuckets(children);
  }

  segment(scope: SegmentScope): Collect {
    const { missing, accepts, field: name, format } = this.#options;
    const field = aggregatedField(name, scope, "rare_terms");
    // What stands for missing values is not looked at, either.
    if (field === undefined) {
      this.#groups.buckets.segment(scope);
      return () => undefined;
    }
    this.#field ??= field;
    const style = keyStyle(field, format, missing);
    const stand = missingKey(style, missing, scope.context.nowMs);
    const collect = this.#groups.buckets.segment(scope);
    const accept = checkedLate(() => acceptedKeys(field, style, accepts));
    const each = everyNumber(field, scope, stand) ?? keyReader(field, scope, stand);
    return (document, parent, score) =>
      each(document, (key) => {
        if (accept === undefined || accept(key)) collect(document, this.#groups.bucket(parent, key), score);
      });
  }

  result(parent: number): Writable {
    const { missing, format, maxDocCount } = this.#options;
    const { buckets } = this.#groups;
    const style = keyStyle(this.#field, format, missing);
    const rare = this.#groups.of(parent).filter((bucket) => buckets.count(bucket) <= maxDocCount);
    checkBucketCount(rare.length);
    const keyOf = (bucket: number): Key => this.#groups.key(bucket);
    rare.sort((a, b) => buckets.count(a) - buckets.count(b) || style.compare(keyOf(a), keyOf(b)));
    return {
      buckets: rare.map((bucket) => ({
        key: style.show(keyOf(bucket)),
        key_as_string: style.text(keyOf(bucket)),
        ...buckets.contents(bucket),
      })),
    };
  }
}

/** Elasticsearch counts a number as often as a document has it, unlike a term. */
const everyNumber = (field: LeafField, { view }: SegmentScope, missing: Key | undefined): EachKey | undefined => {
  const column = view.segment.columns.get(field.name);
  if (column?.kind !== "numbers") return undefined;
  return (document, visit) => {
    if (column.has(document)) column.each(document, visit);
    else if (missing !== undefined) visit(missing);
  };
};

const acceptedKeys = (
  field: LeafField,
  style: KeyStyle,
  accepts: Accepts | undefined,
): ReturnType<Accepts> | undefined => {
  if (isNumeric(field.type) && !isInteger(field.type)) throw refusedDecimals(style, accepts);
  return accepts?.(style);
};

/** A pattern is refused before the type of the field, a list of values is not even read. */
const refusedDecimals = (style: KeyStyle, accepts: Accepts | undefined): unknown => {
  try {
    accepts?.(style);
  } catch (error) {
    if (!(error instanceof ApiError) || error.type === "illegal_argument_exception") return error;
  }
  return illegalArgument("RareTerms aggregation does not support floating point fields.");
};
