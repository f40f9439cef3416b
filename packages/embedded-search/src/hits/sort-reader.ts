import type { NumbersColumn } from "../index/numbers-column.ts";
import type { SegmentView } from "../index/snapshot.ts";
import type { TermsColumn } from "../index/terms-column.ts";
import type { LeafField } from "../mapping/field.ts";
import type { NumberValue } from "../values/number-value.ts";
import { compareTerms } from "../values/term-order.ts";
import { combine } from "./sort-mode.ts";
import type { SortMode } from "./sort.ts";
import type { SortKind, SortValue } from "./sort-type.ts";

/** How several values become one, and what stands for none. */
export interface Choice {
  readonly mode: SortMode;
  readonly kind: SortKind;
  readonly missing: SortValue;
}

/** Reads the value to sort a document by. */
export const valueReader = (
  field: LeafField | undefined,
  view: SegmentView,
  choice: Choice,
): ((document: number) => SortValue) => {
  const column = field && view.segment.columns.get((field.nanos ?? field).name);
  if (column === undefined || column.kind === "text") return () => choice.missing;
  return column.kind === "numbers" ? numberReader(column, choice) : termReader(column, choice);
};

const numberReader = (column: NumbersColumn, { mode, kind, missing }: Choice): ((document: number) => SortValue) => {
  if (column.isSingle)
    return (document) => {
      const value = column.first(document);
      return value === value ? value : missing;
    };
  if (mode !== "min" && mode !== "max")
    return (document) => {
      const values: NumberValue[] = [];
      column.each(document, (value) => void values.push(value));
      return values.length === 0 ? missing : combine(values, mode, kind);
    };
  return (document) => {
    let [chosen, isNone] = [missing, true];
    column.each(document, (value) => {
      if (isNone || mode === "max") chosen = value;
      isNone = false;
    });
    return chosen;
  };
};

const termReader =
  (column: TermsColumn, { mode, missing }: Choice): ((document: number) => SortValue) =>
  (document) => {
    let [chosen, isNone] = ["", true];
    column.each(document, (term) => {
      const text = column.dictionary.term(term);
      if (isNone || compareTerms(text, chosen) > 0 === (mode === "max")) chosen = text;
      isNone = false;
    });
    return isNone ? missing : chosen;
  };
