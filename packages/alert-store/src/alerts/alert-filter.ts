import type { QueryContainer } from "@mozdef/query";

/** Which alerts to list. Everything given has to fit. */
export interface AlertFilter {
  readonly severity?: readonly string[];
  readonly category?: readonly string[];
  readonly status?: readonly string[];
  readonly classname?: readonly string[];
  /**
   * Words that all have to be found: in the summary, or as part of a word of summary, category, tags or class name, or of an address,
   * user, host or port of its events. One of more than 64 characters is looked for in the summary only.
   */
  readonly text?: string;
  readonly since?: Date;
  readonly until?: Date;
}

/** A filter with more words than this is a pasted text; the rest of it would only cost time. */
const MOST_WORDS = 20;

/**
 * The longest word, in characters, that is also looked for inside other words. What a store makes of such a pattern grows with the
 * square of its length: 300 characters kept the embedded one busy for seconds.
 */
const LONGEST_PART = 64;

/** The filter as a query. */
export const alertQuery = (filter: AlertFilter): QueryContainer => {
  const filters: QueryContainer[] = (filter.text ?? "").split(/\s+/).filter(Boolean).slice(0, MOST_WORDS).map(hasWord);
  for (const field of ["severity", "category", "status", "classname"] as const) {
    const values = filter[field];
    if (values !== undefined && values.length > 0) filters.push({ terms: { [field]: [...values] } });
  }
  if (filter.since !== undefined || filter.until !== undefined)
    filters.push({
      range: {
        utctimestamp: {
          ...(filter.since !== undefined && { gte: filter.since.toISOString() }),
          ...(filter.until !== undefined && { lte: filter.until.toISOString() }),
        },
      },
    });
  return filters.length === 0 ? { match_all: {} } : { bool: { filter: filters } };
};

const KEYWORDS = [
  ...["category", "tags", "classname"],
  ...["entities.ip.text", "entities.user", "entities.host", "entities.port"],
];

/** As a phrase too: the store cuts a word such as `ann@example.com` in two, so no part of one word has it. */
const hasWord = (word: string): QueryContainer => {
  if (word.length > LONGEST_PART) return { match_phrase: { summary: { query: word } } };
  const value = `*${word.replace(/[\\*?]/g, "\\$&")}*`;
  const inKeywords = KEYWORDS.map((field) => ({
    wildcard: { [field]: { value, case_insensitive: true } },
  }));
  const inSummary = [
    { match_phrase: { summary: { query: word } } },
    { wildcard: { summary: { value, case_insensitive: true } } },
  ];
  return { bool: { should: [...inSummary, ...inKeywords], minimum_should_match: 1 } };
};
