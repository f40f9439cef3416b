/** Elasticsearch refuses to page deeper than this without a cursor, and so does the service. */
export const MAX_REACHABLE = 10_000;

/** Where a page lies in the list. `first` and `last` count from 1 and are 0 when there is nothing. */
export interface PageRange {
  readonly first: number;
  readonly last: number;
  readonly pages: number;
}

/** @param shown - Rows on this page. @param total - Rows that match on all pages. */
export const pageRange = (page: number, size: number, shown: number, total: number): PageRange => {
  const pages = Math.max(1, Math.ceil(Math.min(total, MAX_REACHABLE) / size));
  if (shown === 0) return { first: 0, last: 0, pages };
  const first = (page - 1) * size + 1;
  return { first, last: first + shown - 1, pages };
};
