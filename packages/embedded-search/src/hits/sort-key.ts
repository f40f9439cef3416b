import type { DateFormat } from "../dates/date-format.ts";
import type { SegmentView } from "../index/snapshot.ts";
import { JsonNumber } from "../json/json.ts";
import { Double, type Writable } from "../json/write-json.ts";
import type { LeafField } from "../mapping/field.ts";
import type { FieldType } from "../mapping/fields-view.ts";
import { formatIp } from "../values/ip.ts";
import { compareTerms } from "../values/term-order.ts";

/** A value to sort by; null = the document has none; the order decides where it comes. */
export type SortValue = number | bigint | string | null;

/** What a sort key does with values of one type of field. */
export interface SortType {
  /** `terms` are compared as bytes, everything else as numbers. */
  readonly kind: "terms" | "numbers";
  show(value: SortValue, missingLast: boolean, descending: boolean): Writable;
}

const longRange = [new JsonNumber("-9223372036854775808"), new JsonNumber("9223372036854775807")] as const;
/** Shorter integers all have the range of 32 bits. */
const INTEGER_RANGE = [-2147483648, 2147483647] as const;

/** The number that stands for a missing value. */
const atTop = (missingLast: boolean, descending: boolean): boolean => missingLast !== descending;

const wholeNumbers = ([smallest, largest]: readonly [Writable, Writable]): SortType => ({
  kind: "numbers",
  show: (value, missingLast, descending) => value ?? (atTop(missingLast, descending) ? largest : smallest),
});

const decimals: SortType = {
  kind: "numbers",
  show: (value, missingLast, descending) =>
    value === null ? (atTop(missingLast, descending) ? "Infinity" : "-Infinity") : new Double(Number(value)),
};

const terms: SortType = { kind: "terms", show: (value) => value };

const addresses: SortType = { kind: "terms", show: (value) => (typeof value === "string" ? formatIp(value) : null) };

const dates = (format: DateFormat): SortType => ({
  kind: "numbers",
  show: (value) => (value === null ? null : format.print(Number(value))),
});

/** How values of a type are shown in `sort`. */
export const sortTypeOf = (type: FieldType, format?: DateFormat): SortType => {
  if (type === "keyword") return terms;
  if (type === "ip") return addresses;
  if (type === "date" && format) return dates(format);
  if (type === "integer" || type === "short" || type === "byte") return wholeNumbers(INTEGER_RANGE);
  return type === "long" || type === "date" || type === "boolean" ? wholeNumbers(longRange) : decimals;
};

/** Reads the value to sort a document by: the least of several when ascending, the greatest when descending. */
export const valueReader = (
  field: LeafField | undefined,
  view: SegmentView,
  greatest: boolean,
): ((document: number) => SortValue) => {
  const column = field && view.segment.columns.get(field.name);
  if (column === undefined || column.kind === "text") return () => null;
  if (column.kind === "numbers") {
    if (column.isSingle)
      return (document) => {
        const value = column.first(document);
        return value === value ? value : null;
      };
    return (document) => {
      let chosen: SortValue = null;
      column.each(document, (value) => {
        if (chosen === null || greatest) chosen = value;
      });
      return chosen;
    };
  }
  return (document) => {
    let chosen: string | null = null;
    column.each(document, (term) => {
      const text = column.dictionary.term(term);
      if (chosen === null || compareTerms(text, chosen) > 0 === greatest) chosen = text;
    });
    return chosen;
  };
};
