/** What index settings and mappings a server takes; what each does is in `docs/stores.md`. */
export interface StoreFeatures {
  /** `subobjects: false` at the root of a mapping: `host` and `host.name` live beside one another. */
  readonly subobjects: boolean;
  /** `disable_objects: true` at the root of a mapping, which is OpenSearch's way to the same. */
  readonly disableObjects: boolean;
  /** `index.mapping.total_fields.ignore_dynamic_beyond_limit`: fields beyond the limit are kept and not indexed. */
  readonly ignoreDynamicBeyondLimit: boolean;
  /** `index.mapping.ignore_malformed` for all fields of an index. */
  readonly ignoreMalformed: boolean;
  /** `ignore_malformed` for a boolean; all servers have it for numbers, dates, addresses and points. */
  readonly malformedBooleans: boolean;
  /** `dynamic: "false_allow_templates"`: only fields that a dynamic template knows are added. */
  readonly dynamicFalseAllowTemplates: boolean;
  /** The type that holds an object of any shape as keywords; null when the server has none. */
  readonly flatType: "flattened" | "flat_object" | null;
}

/** A server, as it says itself. */
export interface StoreServer {
  /** The embedded store counts as Elasticsearch. */
  readonly family: "elasticsearch" | "opensearch";
  /** `9.5.3`; null when the credential may not know, and then only what all versions of the family take counts as a feature. */
  readonly version: string | null;
  readonly features: StoreFeatures;
}
