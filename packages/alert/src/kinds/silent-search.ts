import type { SearchBase } from "./search-base.ts";

/** What `onNoEvent` is called with: the search that found nothing, and for whom. */
export type SilentSearch<Search extends SearchBase = SearchBase> = Search & {
  /** Of a search with `each`: the value that has fallen silent; of several fields, joined by `|`. Else empty. */
  readonly value: string;
  /** The value of each field, by its name. */
  readonly values: Readonly<Record<string, string>>;
};
