import type { EventSource } from "@mozdef/alert";

/**
 * Which terms an event contains, in the order of the list: the value of a field is the term, or the summary has its words
 * next to one another.
 *
 * The store has found the event by any of the terms and does not say by which. It splits words by rules too large to
 * repeat; where this simpler reading finds none of them, every term with a word in common is named.
 */
export const matchingTerms = (source: EventSource, terms: readonly string[]): readonly string[] => {
  const values = new Set(leavesOf(source).map((value) => value.toLowerCase()));
  const summary = ` ${wordsOf(typeof source.summary === "string" ? source.summary : "").join(" ")} `;
  const exact = terms.filter((term) => values.has(term.toLowerCase()) || hasPhrase(summary, wordsOf(term)));
  return exact.length > 0 ? exact : terms.filter((term) => wordsOf(term).some((word) => hasPhrase(summary, [word])));
};

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [];

const hasPhrase = (summary: string, words: readonly string[]): boolean =>
  words.length > 0 && summary.includes(` ${words.join(" ")} `);

/** Every single value of a document as text. */
const leavesOf = (value: unknown): readonly string[] => {
  if (typeof value === "string") return [value];
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [];
};
