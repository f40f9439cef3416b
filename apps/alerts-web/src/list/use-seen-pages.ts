import { useState } from "react";
import { type Filters, formatFilters, withFilter } from "./filters.ts";

interface SeenPages {
  /** The list that they are of. */
  readonly list: string;
  readonly pages: ReadonlyMap<number, string>;
}

/** Where the pages of a list begin that have been looked at, so that there is a way back from where numbers end. */
export const useSeenPages = (filters: Filters): ReadonlyMap<number, string> => {
  const [seen, setSeen] = useState<SeenPages>({ list: "", pages: new Map() });
  const list = formatFilters(withFilter(filters, {}));
  const before = seen.list === list ? seen.pages : new Map<number, string>();
  if (filters.after === "" || before.get(filters.page) === filters.after) return before;
  const pages = new Map([...before, [filters.page, filters.after]]);
  setSeen({ list, pages });
  return pages;
};
