import { addHostname, aggregation, type AggregationSearch, type Dns } from "@mozdef/alert";
import { PhraseMatch, QueryStringMatch, type Clause, type Duration, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";

/** What follows a field name in a Lucene query string: a range, a pattern, values with OR between them. */
export const fragment = z.string().trim().min(1);
/** The same for what is left out; empty for nothing. */
export const exceptFragment = z.string().trim();

/** Options of every scan alert. */
export interface ScanConfig {
  readonly sourcemustmatch: string;
  readonly sourcemustnotmatch: string;
}

/** Notices of one kind about sources that are of interest, by source. */
export const scanSearch = (
  { note, window }: { readonly note: string; readonly window: Duration },
  { sourcemustmatch, sourcemustnotmatch }: ScanConfig,
  ...exceptions: readonly Clause[]
): AggregationSearch => {
  const query = SearchQuery(window)
    .must(
      TermMatch("category", "bro"),
      TermMatch("source", "notice"),
      PhraseMatch("details.note", note),
      fieldMatch("details.sourceipaddress", sourcemustmatch),
    )
    .mustNot(...exceptMatch("details.sourceipaddress", sourcemustnotmatch), ...exceptions);
  return aggregation(query, { field: "details.sourceipaddress", samplesLimit: 10 });
};

/** In brackets, so that every value of `a OR b` is bound to the field; in MozDef only the first one was. */
const fieldMatch = (field: string, expression: string): Clause => QueryStringMatch(`${field}: (${expression})`);

/** The clause of an {@link exceptFragment}. */
export const exceptMatch = (field: string, expression: string): readonly Clause[] =>
  expression === "" ? [] : [fieldMatch(field, expression)];

/** A scanner with its name, whether it is one of our own machines or not. */
export const scannerOf = (address: string, dns: Dns, reverseDns: boolean): Promise<string> | string =>
  reverseDns ? addHostname(address, dns, { requireInternal: false }) : address;
