/** What index settings and mappings a server takes; what each does is in `docs/stores.md`. */
export interface StoreFeatures {
  /** `subobjects: false` at the root of a mapping: `host` and `host.name` live beside one another. */
  readonly subobjects: boolean;
  /** `index.mapping.total_fields.ignore_dynamic_beyond_limit`: fields beyond the limit are kept and not indexed. */
  readonly ignoreDynamicBeyondLimit: boolean;
  /** `ignore_malformed` for a boolean; all servers have it for numbers, dates, addresses and points. */
  readonly malformedBooleans: boolean;
  /** Settings of shards and replicas; without them the server decides, as a serverless one does. */
  readonly shardSettings: boolean;
  /** Pages of a point in time can be sorted by `_shard_doc`, the place of a document. */
  readonly sortsByPlace: boolean;
}

/** A server, as it says itself. */
export interface StoreServer {
  /** The embedded store counts as Elasticsearch. */
  readonly family: "elasticsearch" | "opensearch";
  /** `9.5.3`; null when the credential may not know, and then only what all versions of the family take counts as a feature. */
  readonly version: string | null;
  readonly features: StoreFeatures;
}
