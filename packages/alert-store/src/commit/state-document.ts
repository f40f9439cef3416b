/** A small document to be stored with a commit. */
export interface StateDocument {
  /** Logical name of the index. */
  readonly index: string;
  readonly id: string;
  readonly source: Readonly<Record<string, unknown>>;
}
