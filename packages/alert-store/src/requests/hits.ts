import type { EventSource, Hit } from "@mozdef/alert";
import type { estypes } from "@elastic/elasticsearch";
import { mozdefSchema } from "@mozdef/query/mozdef";
import type { Names } from "../names.ts";

/** The version of a document, so that a change of it overwrites no other. */
export interface DocumentVersion {
  readonly if_seq_no: number;
  readonly if_primary_term: number;
}

/** Alerts have nothing to do with versions, so they are kept beside the hits, as long as those are held. */
const VERSIONS = new WeakMap<Hit, DocumentVersion>();

/** A hit of the server as alerts see it: with the logical name of its index and nothing of the search. */
export const hitOf = (hit: estypes.SearchHit, names: Names): Hit => {
  const seen: Hit = {
    _index: names.logical(hit._index),
    _id: hit._id ?? "",
    _source: (hit._source ?? {}) as EventSource,
  };
  const { _seq_no: if_seq_no, _primary_term: if_primary_term } = hit;
  if (if_seq_no !== undefined && if_primary_term !== undefined) VERSIONS.set(seen, { if_seq_no, if_primary_term });
  return seen;
};

/** The same hit with less in it. */
export const withSource = (hit: Hit, source: EventSource): Hit => {
  const less = { ...hit, _source: source };
  const version = VERSIONS.get(hit);
  if (version !== undefined) VERSIONS.set(less, version);
  return less;
};

/** The version that a hit had when it was found; undefined when the search did not ask for it. */
export const versionOf = (hit: Hit): DocumentVersion | undefined => VERSIONS.get(hit);

/** Oldest first. An index that has no event yet has no such field. */
export const OLDEST_FIRST: estypes.Sort = [
  { [mozdefSchema.time[0]]: { order: "asc", missing: "_last", unmapped_type: "date" } },
];
