/** What an index takes, besides what its mapping says. */
export interface DocumentLimits {
  /** Objects, leaves and multi-fields that a mapping may have. */
  readonly fields: number;
  /** Whether new fields beyond that are kept and not indexed; otherwise their document is refused. */
  readonly ignoresFieldsBeyond: boolean;
  /** Whether a malformed value is ignored where its field does not say. */
  readonly ignoresMalformed: boolean;
}

/**
 * Bytes of the longest name of a field, with those of the objects it is in. Elasticsearch has no limit of its own; here a longer one
 * stays in the source and is not indexed, since each name is kept in memory and in the mapping for good.
 */
export const LONGEST_NAME = 512;

/** Those of an index without settings. */
export const DEFAULT_LIMITS: DocumentLimits = { fields: 1_000, ignoresFieldsBeyond: false, ignoresMalformed: false };
