import type { SegmentScope } from "../hits/scope.ts";
import { SEVERAL_TERMS, type TermsColumn } from "../index/terms-column.ts";
import type { Json } from "../json/json.ts";
import type { Writable } from "../json/write-json.ts";
import type { ErrorCause } from "../errors/api-error.ts";
import { isNumeric, type LeafField } from "../mapping/field.ts";
import { MergeError } from "../errors/merge-error.ts";
import type { Aggregator, Collect, SubAggregations } from "./aggregator.ts";
import { KeyedBuckets, NO_BUCKET } from "./buckets.ts";
import { aggregatedField, type Key, keyReader, type KeyStyle, keyStyle, missingKey } from "./keys.ts";
import { checkedLate } from "./late-error.ts";
import { rankGroups, type RankOptions } from "./ranking.ts";
import { TermCounts } from "./term-counts.ts";

/** Which keys get a bucket, by how keys of the field are read. */
export type Accepts = (style: KeyStyle) => (key: Key) => boolean;

/** Options of a `terms` aggregation, defaults filled in. */
export interface TermsOptions extends RankOptions {
  /** Of the aggregation, for messages. */
  readonly name: string;
  readonly field: string;
  /** Read by the type of the field. */
  readonly missing: Json | undefined;
  readonly format: string | undefined;
  readonly accepts: Accepts | undefined;
}

/** One bucket for each distinct value. Counts are exact: all values are counted before any is cut. */
export class TermsAggregator implements Aggregator {
  readonly #options: TermsOptions;
  readonly #groups: KeyedBuckets<Key>;
  /** Kept only where keys without documents are shown, too. */
  readonly #scopes: SegmentScope[] = [];
  #field: LeafField | undefined;
  /** As it is in the first index that has it. */
  #lead: LeafField | undefined;
  /** Are the texts of the index at hand left out? */
  #leavesOut = false;
  /** Is the field text in one index and a number in another? */
  #isMixed = false;
  /** Whether all segments so far had terms, or no values at all. */
  #canCount = true;
  /** Counts of the top, which need no buckets as long as there is nothing in them; parents other than 0 are in the groups. */
  #counts: TermCounts | undefined;

  constructor(options: TermsOptions, children: SubAggregations) {
    this.#options = options;
    this.#groups = new KeyedBuckets(children);
  }

  segment(scope: SegmentScope): Collect {
    const { missing, accepts, field: name, format } = this.#options;
    const field = aggregatedField(name, scope, "terms");
    this.#lead ??= field;
    this.#leavesOut = field !== undefined && isText(field) && isWhole(this.#lead);
    if (!this.#leavesOut) this.#field = this.#merged(field);
    const style = keyStyle(field, format, missing);
    const collect = this.#groups.buckets.segment(scope);
    const accept = checkedLate(() => accepts?.(style));
    // Without anything inside, Elasticsearch only notices when it merges.
    if (!this.#groups.buckets.onlyCount) this.#groups.buckets.checkOrder(this.#options.order);
    if (this.#leavesOut) return this.#leaveOut;
    const column = field && scope.view.segment.columns.get(field.name);
    if (this.#options.minDocCount === 0) this.#scopes.push(scope);
    if (column?.kind === "terms" && missing === undefined && accepts === undefined)
      return this.#byNumber(column, collect);
    if (column !== undefined || missing !== undefined) this.#endCounts();
    const each = keyReader(field, scope, missingKey(style, missing, scope.context.nowMs));
    return (document, parent, score) =>
      each(document, (key) => {
        if (accept === undefined || accept(key)) collect(document, this.#groups.bucket(parent, key), score);
      });
  }

  /**
   * After whole numbers of the first index Elasticsearch passes over texts of others. Within another group that index may not be the
   * first, so there it remains an error.
   */
  readonly #leaveOut: Collect = (_document, parent) => {
    if (parent > 0) this.#isMixed = true;
  };

  /** Whole numbers of one index and decimals of another become decimals. @throws {MergeError} for numbers and texts. */
  #merged(field: LeafField | undefined): LeafField | undefined {
    const known = this.#field;
    if (known === undefined || field === undefined || known.type === field.type) return known ?? field;
    if (isText(known) !== isText(field)) this.#isMixed = true;
    return isDecimal(field) && isNumeric(known.type) ? field : known;
  }

  takeAll({ view }: SegmentScope): boolean {
    if (this.#leavesOut) return true;
    const { missing, accepts } = this.#options;
    const { buckets } = this.#groups;
    const column = this.#field && view.segment.columns.get(this.#field.name);
    if (column?.kind !== "terms" || missing !== undefined || accepts !== undefined || !buckets.onlyCount) return false;
    if (this.#counts) this.#counts.takeAll(column, view.visible);
    else
      for (const [term, count] of column.countTerms(view.visible).entries())
        if (count > 0) buckets.add(this.#groups.bucket(0, column.dictionary.term(term)), count);
    return true;
  }

  /** What was counted without buckets gets them, and no more is counted so. */
  #endCounts(): void {
    this.#canCount = false;
    const counts = this.#counts;
    this.#counts = undefined;
    for (const number of counts?.groups() ?? [])
      this.#groups.buckets.add(this.#groups.bucket(0, counts?.term(number) ?? ""), counts?.count(number) ?? 0);
  }

  #byNumber(column: TermsColumn, collect: Collect): Collect {
    const inside = this.#lookingUpOnce(column, collect);
    if (!this.#canCount || !this.#groups.buckets.onlyCount) return inside;
    this.#counts ??= new TermCounts(column);
    const atTop = this.#counts.segment(column);
    return (document, parent, score) => {
      if (parent === 0) atTop(document);
      else inside(document, parent, score);
    };
  }

  /** Looks up each term of the segment once instead of once per document. */
  #lookingUpOnce(column: TermsColumn, collect: Collect): Collect {
    // Made for the first document: most searches of alerts match none, and there may be a million terms.
    let known: Int32Array | undefined;
    let owner = -1;
    const { isSingle } = column;
    const bucketOf = (term: number): number => {
      known ??= new Int32Array(column.dictionary.size).fill(-1);
      let bucket = known[term] ?? -1;
      if (bucket === -1) {
        bucket = this.#groups.bucket(owner, column.dictionary.term(term));
        known[term] = bucket;
      }
      return bucket;
    };
    return (document, parent, score) => {
      if (parent !== owner) {
        known?.fill(-1);
        owner = parent;
      }
      const single = isSingle ? column.first(document) : column.single(document);
      if (single >= 0) collect(document, bucketOf(single), score);
      else if (single === SEVERAL_TERMS) column.each(document, (term) => collect(document, bucketOf(term), score));
    };
  }

  result(parent: number): Writable {
    if (this.#isMixed) throw new MergeError(mixedTypes(this.#options.name));
    const style = keyStyle(this.#field, this.#options.format, this.#options.missing);
    if (this.#options.minDocCount === 0) {
      this.#endCounts();
      if (parent !== NO_BUCKET) this.#addUnseen(parent, style);
    }
    return parent === 0 && this.#counts
      ? this.#resultOfCounts(this.#counts, style)
      : this.#resultOfGroups(parent, style);
  }

  #resultOfCounts(counts: TermCounts, style: KeyStyle): Writable {
    const counted = counts.asCounted(this.#groups.buckets);
    const byKey = (a: number, b: number): number => style.compare(counts.term(a), counts.term(b));
    const { shown, totals, perBucket } = rankGroups(counts.groups(), counted, this.#options, byKey);
    const buckets = shown.map((number) =>
      shownBucket(style, counts.term(number), { doc_count: counts.count(number) }, perBucket),
    );
    return { ...totals, buckets };
  }

  #resultOfGroups(parent: number, style: KeyStyle): Writable {
    const { buckets } = this.#groups;
    const keyOf = (bucket: number): Key => this.#groups.key(bucket);
    const byKey = (a: number, b: number): number => style.compare(keyOf(a), keyOf(b));
    const { shown, totals, perBucket } = rankGroups(this.#groups.of(parent), buckets, this.#options, byKey);
    return {
      ...totals,
      buckets: shown.map((bucket) => shownBucket(style, keyOf(bucket), buckets.contents(bucket), perBucket)),
    };
  }

  /** With `min_doc_count: 0` every key that a document of the index has gets a bucket. */
  #addUnseen(parent: number, style: KeyStyle): void {
    const accept = this.#options.accepts?.(style);
    const add = (key: Key): void => {
      if (accept?.(key) ?? true) this.#groups.bucket(parent, key);
    };
    for (const scope of this.#scopes) {
      const { segment, visible, deleted } = scope.view;
      const column = this.#field && segment.columns.get(this.#field.name);
      if (column?.kind === "terms" && visible === segment.size) for (const term of column.dictionary.terms()) add(term);
      else {
        const each = keyReader(this.#field, scope, undefined);
        for (let document = 0; document < visible; document++) if (deleted?.has(document) !== true) each(document, add);
      }
    }
  }
}

const isText = ({ type }: LeafField): boolean => type === "keyword" || type === "ip";
const isDecimal = ({ type }: LeafField): boolean => type === "double" || type === "float";
const isWhole = (field: LeafField | undefined): boolean => field !== undefined && !isText(field) && !isDecimal(field);

const mixedTypes = (name: string): ErrorCause => ({
  type: "illegal_argument_exception",
  reason: `Merging/Reducing the aggregations failed when computing the aggregation [${name}] because the field you gave in the aggregation query existed as two different types in two different indices`,
});

const shownBucket = (
  style: KeyStyle,
  key: Key,
  { doc_count, ...others }: { readonly doc_count: number },
  perBucket: object,
): object => ({ key: style.show(key), key_as_string: style.text(key), doc_count, ...perBucket, ...others });
