/** Names of the parts of a stored segment. */
export const FACTS_PART = "facts";

export const columnPart = (field: string): string => `column:${field}`;

export const idsPart = (block: number): string => `ids:${block}`;
