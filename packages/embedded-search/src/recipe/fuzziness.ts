/** Edits allowed for a fuzzy term: a number, or by the length of the term. */
export type Fuzziness =
  | { readonly kind: "edits"; readonly edits: 0 | 1 | 2 }
  | { readonly kind: "auto"; readonly low: number; readonly high: number };

export const AUTO_FUZZINESS: Fuzziness = Object.freeze({ kind: "auto", low: 3, high: 6 });

/** Reads `AUTO`, `AUTO:low,high`, `0`, `1`, `2`; undefined for anything else. */
export const parseFuzziness = (text: string): Fuzziness | undefined => {
  if (/^auto$/i.test(text)) return AUTO_FUZZINESS;
  const auto = /^auto:(\d{1,9}),(\d{1,9})$/i.exec(text);
  if (auto) {
    const [low, high] = [Number(auto[1]), Number(auto[2])];
    return low <= high ? { kind: "auto", low, high } : undefined;
  }
  const edits = text.trim() === "" ? Number.NaN : Number(text);
  return edits === 0 || edits === 1 || edits === 2 ? { kind: "edits", edits } : undefined;
};

/** Edits allowed for one term; `AUTO` counts code points. */
export const editsFor = (fuzziness: Fuzziness, term: string): 0 | 1 | 2 => {
  if (fuzziness.kind === "edits") return fuzziness.edits;
  const { length } = Array.from(term);
  if (length < fuzziness.low) return 0;
  return length < fuzziness.high ? 1 : 2;
};
