/** The terms of a dictionary in the order of their bytes, which lets terms be compared by numbers. */
export interface TermRanks {
  /** Place of each term by its number. A dictionary that grows may have newer terms, without a place. */
  readonly places: Uint32Array;
  /**
   * How many of the terms that have a place come before a text, and how many do or are the same; undefined for a text that has no
   * bytes in UTF-8.
   */
  around(text: string): { readonly before: number; readonly upTo: number } | undefined;
}

/** Turns a list of numbers in the order of their terms round. */
export const placesOf = (sorted: Uint32Array): Uint32Array => {
  const places = new Uint32Array(sorted.length);
  for (let place = 0; place < sorted.length; place++) places[sorted[place] ?? 0] = place;
  return places;
};
