/** Names of the parts of a stored segment. */
export const FACTS_PART = "facts";

/** The hashes of all ids, for a filter of them. */
export const HASHES_PART = "hashes";

export const columnPart = (field: string): string => `column:${field}`;

export const idsPart = (block: number): string => `ids:${block}`;

/** Most bytes of one piece of a part that are stored in one step; after a piece of this size comes another one, unless it was the last. */
export const PIECE_BYTES = 1024 * 1024;

/** The first piece has the name of the part, which begins with a letter. */
export const pieceName = (part: string, piece: number): string => (piece === 0 ? part : `${piece}#${part}`);

/** Under this number, which no segment has, are the parts of the filter of ids; each has the numbers of its segments in its name. */
export const FILTERS_SEGMENT = 0;

export const FILTER_NAME = "filter:";
