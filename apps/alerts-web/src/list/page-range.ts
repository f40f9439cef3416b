/** How far pages by number reach. The service goes on from there by the place that it names at the end of each page. */
const MAX_REACHABLE = 10_000;

/** Whether a page can be asked for by its number. */
export const isReachable = (page: number, size: number): boolean => page * size <= MAX_REACHABLE;

/** Where a page lies in the list. `first` and `last` count from 1 and are 0 when there is nothing. */
export interface PageRange {
  readonly first: number;
  readonly last: number;
  readonly pages: number;
}

/** @param shown - Rows on this page. @param total - Rows that match on all pages. */
export const pageRange = (page: number, size: number, shown: number, total: number): PageRange => {
  const pages = Math.max(1, Math.ceil(total / size));
  if (shown === 0) return { first: 0, last: 0, pages };
  const first = (page - 1) * size + 1;
  return { first, last: first + shown - 1, pages };
};

/** A page to go to. */
export interface PagePlace {
  readonly page: number;
  readonly after: string;
}

/** What is known of the page shown. */
interface ShownPlace {
  readonly page: number;
  readonly size: number;
  readonly total: number;
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
  /** Where pages that were seen begin. */
  readonly seen: ReadonlyMap<number, string>;
}

/** The next page; undefined at the end. */
export const olderPage = ({ page, size, total, next }: ShownPlace): PagePlace | undefined => {
  if (page >= pageRange(page, size, 0, total).pages) return undefined;
  if (isReachable(page + 1, size)) return { page: page + 1, after: "" };
  return next === null ? undefined : { page: page + 1, after: next };
};

/** The page before; undefined on the first, and where it is not known how it begins. */
export const newerPage = ({ page, size, total, seen }: ShownPlace): PagePlace | undefined => {
  const before = page - 1;
  if (before < 1) return undefined;
  if (isReachable(before, size)) return { page: Math.min(before, pageRange(page, size, 0, total).pages), after: "" };
  const after = seen.get(before);
  return after === undefined ? undefined : { page: before, after };
};
