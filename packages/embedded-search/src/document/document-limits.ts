/** What an index takes, besides what its mapping says. */
export interface DocumentLimits {
  /** Objects, leaves and multi-fields that a mapping may have. */
  readonly fields: number;
  /** Whether new fields beyond that are kept and not indexed; otherwise their document is refused. */
  readonly ignoresFieldsBeyond: boolean;
  /** Whether a malformed value is ignored where its field does not say. */
  readonly ignoresMalformed: boolean;
}

/** Those of an index without settings. */
export const DEFAULT_LIMITS: DocumentLimits = { fields: 1_000, ignoresFieldsBeyond: false, ignoresMalformed: false };
