import type { QueryContainer } from "@mozdef/query";

/** Which alerts to list. Everything given has to fit. */
export interface AlertFilter {
  readonly severity?: readonly string[];
  readonly category?: readonly string[];
  readonly status?: readonly string[];
  readonly classname?: readonly string[];
  /** Who takes care of it. */
  readonly assignee?: readonly string[];
  /** Why it was closed. */
  readonly closereason?: readonly string[];
  readonly tag?: readonly string[];
  /** An address, user, host or port of its events, as a whole. */
  readonly entity?: readonly string[];
  /** True: only alerts that are not closed; false: only those that are. */
  readonly open?: boolean;
  /** True: only alerts that somebody has acknowledged; false: only others. Closing takes an acknowledgement from none. */
  readonly acknowledged?: boolean;
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

/** Those that are compared as they are, and the field of each. */
const FIELDS = {
  severity: "severity",
  category: "category",
  status: "status",
  classname: "classname",
  assignee: "assignee",
  closereason: "closereason",
  tag: "tags",
} as const;

/** Where an alert names whom and what its events are about, compared as it is. */
const ENTITIES = ["entities.ip.text", "entities.user", "entities.host", "entities.port"];

/** The filter as a query. */
export const alertQuery = (filter: AlertFilter): QueryContainer => {
  const filters: QueryContainer[] = (filter.text ?? "").split(/\s+/).filter(Boolean).slice(0, MOST_WORDS).map(hasWord);
  for (const [name, field] of Object.entries(FIELDS)) {
    const values = filter[name as keyof typeof FIELDS];
    if (values !== undefined && values.length > 0) filters.push({ terms: { [field]: [...values] } });
  }
  if (filter.entity !== undefined && filter.entity.length > 0) filters.push(hasEntity(filter.entity));
  if (filter.open !== undefined) {
    const closed = { term: { status: "closed" } };
    filters.push(filter.open ? { bool: { must_not: [closed] } } : closed);
  }
  if (filter.acknowledged !== undefined) {
    const known = { exists: { field: "acknowledged" } };
    filters.push(filter.acknowledged ? known : { bool: { must_not: [known] } });
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

const KEYWORDS = ["category", "tags", "classname", ...ENTITIES];

const hasEntity = (values: readonly string[]): QueryContainer => ({
  bool: { should: ENTITIES.map((field) => ({ terms: { [field]: [...values] } })), minimum_should_match: 1 },
});

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
