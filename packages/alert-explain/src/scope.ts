import type { KeysOf } from "@mozdef/alert-store";

/** Which events a question is about, and who can answer it. */
export interface Scope {
  /** A single event. */
  readonly event?: { readonly _index: string; readonly _id: string } | undefined;
  /** A single group: its value; of several fields their values, joined by `|`. */
  readonly group?: string | undefined;
  /** The groups that code makes, where that code is elsewhere. Default: it is called here. */
  readonly keysOf?: KeysOf | undefined;
}
