import type { Answered } from "../../requests/answers.ts";
import { StoreError } from "../../store-error.ts";

/** The answer to a round of one search. */
export const theOnly = ([first]: readonly Answered[]): Answered => {
  if (first === undefined) throw new StoreError("STORE_SEARCH_FAILED", "A search was not answered.");
  return first;
};

/** Groups can be large: one after another, so that the memory of one is there for the next. */
export const oneByOne = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) results.push(await work(item, index));
  return results;
};
