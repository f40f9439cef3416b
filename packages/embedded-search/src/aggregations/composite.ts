import { compileDateFormat, type DateFormat } from "../dates/date-format.ts";
import type { Zone } from "../dates/zone.ts";
import { illegalArgument } from "../errors/api-error.ts";
import type { SegmentScope } from "../hits/scope.ts";
import type { TermsColumn } from "../index/terms-column.ts";
import type { JsonObject } from "../json/json.ts";
import type { Writable } from "../json/write-json.ts";
import type { LeafField } from "../mapping/field.ts";
import type { Aggregator, Collect, SubAggregations } from "./aggregator.ts";
import { Buckets } from "./buckets.ts";
import { combinations } from "./combined-keys.ts";
import { checkedLate } from "./late-error.ts";
import { AfterReader, printBack, readAfterDate } from "./composite-after.ts";
import { aggregatedField, type EachKey, type Key, keyReader, type KeyStyle, keyStyle } from "./keys.ts";
import { checkDateField } from "./date-field.ts";
import type { Rounding } from "./rounding.ts";

/** One part of the key of a composite bucket. */
export interface CompositeSource {
  readonly name: string;
  readonly field: string;
  readonly descending: boolean;
  /** Documents without the field get a bucket with the key null. */
  readonly missingBucket: boolean;
  /** Of a `date_histogram` source. */
  readonly interval:
    { readonly rounding: Rounding | undefined; readonly zone: Zone; readonly format: string | undefined } | undefined;
  /** Whether the key null comes first or last; by default it is the least. */
  readonly missingOrder: "first" | "last" | "default";
}

/** A composite aggregation, defaults filled in. */
export interface CompositeOptions {
  /** Of the aggregation, for messages. */
  readonly name: string;
  /** The kind of buckets it is in, which it must not be. */
  readonly within: string | undefined;
  readonly sources: readonly CompositeSource[];
  readonly size: number;
  readonly after: JsonObject | undefined;
}

type Part = Key | null;
interface Group {
  readonly parts: readonly Part[];
  readonly bucket: number;
}

/** Buckets for each combination of values, in order of the sources, page by page. */
export class CompositeAggregator implements Aggregator {
  readonly #options: CompositeOptions;
  readonly #sources: readonly CompositeSource[];
  readonly #size: number;
  /** Of the keys of time, in the order of the sources. */
  #formats: readonly (DateFormat | undefined)[];
  readonly #buckets: Buckets;
  readonly #groups = new Map<string, Group>();
  readonly #styles: KeyStyle[] = [];
  #afterParts: readonly Part[] | undefined;
  /** The greatest key that can still be on the page. */
  #limit: readonly Part[] | undefined;

  constructor(options: CompositeOptions, children: SubAggregations) {
    this.#options = options;
    this.#sources = options.sources;
    this.#size = options.size;
    this.#formats = options.sources.map(() => undefined);
    this.#buckets = new Buckets(children);
  }

  segment(scope: SegmentScope): Collect {
    this.#check();
    const fields = this.#sources.map(({ field }) => aggregatedField(field, scope, "composite"));
    for (const [i, field] of fields.entries()) if (this.#sources[i]?.interval && field) checkDateField(field);
    const readers = this.#sources.map((source, i) => this.#reader(source, i, fields[i], scope));
    this.#afterParts ??= this.#readAfter(fields, scope);
    const collect = this.#buckets.segment(scope);
    const [only, ...more] = readers;
    const column = fields[0] && scope.view.segment.columns.get(fields[0].name);
    if (more.length === 0 && column?.kind === "terms" && this.#sources[0]?.missingBucket === false)
      return this.#byNumber(column, collect);
    if (only && more.length === 0)
      return (document, _parent, score) => {
        for (const part of only(document)) {
          const bucket = this.#bucketOf([part]);
          if (bucket !== undefined) collect(document, bucket, score);
        }
      };
    const keysOf = (document: number): Part[][] => readers.map((read) => read(document));
    return (document, _parent, score) => {
      for (const parts of combinations(keysOf(document))) {
        const bucket = this.#bucketOf(parts);
        if (bucket !== undefined) collect(document, bucket, score);
      }
    };
  }

  /** With a single source, each term of the segment is looked up once instead of once per document. */
  #byNumber(column: TermsColumn, collect: Collect): Collect {
    const [unknown, elsewhere] = [-1, -2];
    const known = new Int32Array(column.dictionary.size).fill(unknown);
    const bucketOf = (term: number): number => {
      let bucket = known[term] ?? unknown;
      if (bucket === unknown) known[term] = bucket = this.#bucketOf([column.dictionary.term(term)]) ?? elsewhere;
      return bucket;
    };
    return (document, _parent, score) =>
      column.each(document, (term) => {
        // A bucket that has left the page meanwhile keeps counting but is never shown.
        const bucket = bucketOf(term);
        if (bucket !== elsewhere) collect(document, bucket, score);
      });
  }

  #reader(
    { interval, missingBucket }: CompositeSource,
    position: number,
    field: LeafField | undefined,
    scope: SegmentScope,
  ): (document: number) => Part[] {
    this.#styles[position] ??= keyStyle(field);
    const each: EachKey = keyReader(field, scope, undefined);
    return (document) => {
      const parts: Part[] = [];
      each(document, (key) => {
        const part = interval?.rounding ? interval.rounding.floor(Math.trunc(Number(key))) : key;
        if (!parts.includes(part)) parts.push(part);
      });
      if (parts.length === 0 && missingBucket) parts.push(null);
      return parts;
    };
  }

  #check(): void {
    const { within, sources } = this.#options;
    if (within !== undefined)
      throw illegalArgument(`[composite] aggregation cannot be used with a parent aggregation of type: [${within}]`);
    if (sources.some(({ interval }) => interval && !interval.rounding))
      throw illegalArgument("Invalid interval specified, must be non-null and non-empty");
    if (sources.some(({ missingBucket, missingOrder }) => missingOrder !== "default" && !missingBucket))
      throw illegalArgument("missingOrder can only be set if missingBucket is true");
    this.#formats = sources.map(({ interval }) =>
      interval?.format === undefined ? undefined : compileDateFormat(interval.format),
    );
  }

  #readAfter(fields: readonly (LeafField | undefined)[], scope: SegmentScope): readonly Part[] | undefined {
    const { after } = this.#options;
    if (after === undefined) return undefined;
    if (Object.keys(after).length !== this.#sources.length)
      throw illegalArgument(
        `[after] has ${Object.keys(after).length} value(s) but [sources] has ${this.#sources.length}`,
      );
    const reader = new AfterReader(this.#options.name);
    return this.#sources.map(({ name, interval, missingBucket }, i) => {
      const value = Object.hasOwn(after, name) ? after[name] : undefined;
      if (value === undefined) throw illegalArgument(`Missing value for [after.${name}]`);
      if (value === null && missingBucket) return null;
      if (value === null) throw illegalArgument(`Invalid value for [after.${name}], expected comparable, got [null]`);
      const format = this.#formats[i];
      if (interval && format) return checkedLate(() => readAfterDate(value, format, interval.zone));
      return checkedLate(() => reader.read(value, fields[i], scope, i));
    });
  }

  /** undefined when the key is not on this page. */
  #bucketOf(parts: readonly Part[]): number | undefined {
    if (this.#afterParts && this.#compare(parts, this.#afterParts) <= 0) return undefined;
    if (this.#limit && this.#compare(parts, this.#limit) > 0) return undefined;
    const id = idsOf(parts);
    const known = this.#groups.get(id);
    if (known) return known.bucket;
    const bucket = this.#buckets.open();
    this.#groups.set(id, { parts, bucket });
    if (this.#groups.size > 2 * this.#size + 1000) this.#trim();
    return bucket;
  }

  /** Forgets keys that later pages will find, so that memory follows the size of a page and not of the data. */
  #trim(): void {
    const sorted = this.#sorted();
    this.#limit = sorted[this.#size - 1]?.parts;
    for (const { parts } of sorted.slice(this.#size)) this.#groups.delete(idsOf(parts));
  }

  #sorted(): Group[] {
    return [...this.#groups.values()].sort((a, b) => this.#compare(a.parts, b.parts));
  }

  #compare(a: readonly Part[], b: readonly Part[]): number {
    for (const [i, source] of this.#sources.entries()) {
      const order = comparePart(a[i] ?? null, b[i] ?? null, source, this.#styles[i]);
      if (order !== 0) return order;
    }
    return 0;
  }

  result(): Writable {
    const page = this.#sorted().slice(0, this.#size);
    const last = page.at(-1);
    return {
      after_key: last && this.#show(last.parts),
      buckets: page.map(({ parts, bucket }) => ({ key: this.#show(parts), ...this.#buckets.contents(bucket) })),
    };
  }

  #show(parts: readonly Part[]): object {
    return Object.fromEntries(
      this.#sources.map(({ name, interval }, i) => {
        const part = parts[i] ?? null;
        if (part === null) return [name, null];
        const format = this.#formats[i];
        if (interval) return [name, format ? printBack(Number(part), format, interval.zone) : part];
        return [name, this.#shown(part, this.#styles[i])];
      }),
    );
  }

  /** Booleans are shown as such in composite keys. */
  #shown(part: Key, style: KeyStyle | undefined): Writable {
    if (style?.isBoolean === true) return style.text(part) === "true";
    return style?.show(part) ?? part;
  }
}

/** Unless the source says where missing values come, they are the least. */
const comparePart = (a: Part, b: Part, source: CompositeSource, style: KeyStyle | undefined): number => {
  const { descending, missingOrder } = source;
  if (a !== null && b !== null) return (descending ? -1 : 1) * (style?.compare(a, b) ?? 0);
  if (a === b) return 0;
  const isFirst = missingOrder === "default" ? !descending : missingOrder === "first";
  return (a === null) === isFirst ? -1 : 1;
};

const idOf = (part: Part): string =>
  part === null ? "n" : typeof part === "string" ? `s${part.length}:${part}` : `d${part}`;

const idsOf = (parts: readonly Part[]): string =>
  parts.length === 1 ? idOf(parts[0] ?? null) : parts.map(idOf).join("\u0000");
