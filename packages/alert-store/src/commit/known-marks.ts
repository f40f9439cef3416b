import type { Hit } from "@mozdef/alert";
import { type DocumentVersion, versionOf } from "../requests/hits.ts";
import type { MarkFields } from "./event-mark.ts";

/** The marks that an event had when it was found, and its version then. */
export interface KnownMark {
  readonly fields: MarkFields;
  readonly version: DocumentVersion;
}

/** By index and id. Events that are missing in it are read before they are marked. */
export type KnownMarks = ReadonlyMap<string, KnownMark>;

export const NO_MARKS: KnownMarks = new Map();

export const markKey = ({ _index, _id }: Pick<Hit, "_index" | "_id">): string => `${_index}/${_id}`;

/** What is known of the events that a search has found. */
export const marksKnown = (hits: readonly Hit[]): KnownMarks => {
  const known = new Map<string, KnownMark>();
  for (const hit of hits) {
    const version = versionOf(hit);
    const { alerts, alert_names } = hit._source;
    if (version !== undefined) known.set(markKey(hit), { fields: { alerts, alert_names }, version });
  }
  return known;
};
