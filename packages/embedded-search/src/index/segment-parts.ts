/** Names of the parts of a stored segment. */
export const FACTS_PART = "facts";

/** The hashes of all ids, for a filter of them. */
export const HASHES_PART = "hashes";

export const columnPart = (field: string): string => `column:${field}`;

export const idsPart = (block: number): string => `ids:${block}`;
