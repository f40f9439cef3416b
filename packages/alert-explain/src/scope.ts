/** Which events a question is about. */
export interface Scope {
  /** A single event. */
  readonly event?: { readonly _index: string; readonly _id: string } | undefined;
  /** A single group: its value; of several fields their values, joined by `|`. */
  readonly group?: string | undefined;
}
