import type { EventSource, Hit } from "@mozdef/alert";
import { asMozdef, type SearchedSource } from "@mozdef/alert/runtime";
import type { estypes } from "@elastic/elasticsearch";
import type { Names } from "../names.ts";
import { seenIndex } from "./reader.ts";
import { sharedParts } from "./shared-parts.ts";

/** The version of a document, so that a change of it overwrites no other. */
export interface DocumentVersion {
  readonly if_seq_no: number;
  readonly if_primary_term: number;
}

/** Alerts have nothing to do with versions, so they are kept beside the hits, as long as those are held. */
const VERSIONS = new WeakMap<Hit, DocumentVersion>();

/** How the hits of a search are to be shown. Default: as they are. */
export type Shown = Pick<SearchedSource, "name" | "schema" | "isTranslated" | "isElsewhere">;

/**
 * A hit of the server as alerts see it: with the name of its index that they know and nothing of the search.
 *
 * @param names - Of the service.
 */
export const hitOf = (hit: estypes.SearchHit, names: Names, shown?: Shown): Hit => {
  const original = (hit._source ?? {}) as EventSource;
  const seen: Hit = {
    _index: seenIndex(hit._index, names, shown),
    _id: hit._id ?? "",
    ...(shown?.isTranslated === true ? { _source: asMozdef(original, shown.schema), original } : { _source: original }),
  };
  const { _seq_no: if_seq_no, _primary_term: if_primary_term } = hit;
  if (if_seq_no !== undefined && if_primary_term !== undefined) VERSIONS.set(seen, { if_seq_no, if_primary_term });
  return seen;
};

/** The same hit with less in it. */
export const withLess = (hit: Hit, parts: Pick<Hit, "_source" | "original">): Hit => {
  const less = { ...hit, ...parts };
  const version = VERSIONS.get(hit);
  if (version !== undefined) VERSIONS.set(less, version);
  return less;
};

/** The version that a hit had when it was found; undefined when the search did not ask for it. */
export const versionOf = (hit: Hit): DocumentVersion | undefined => VERSIONS.get(hit);

const orders = sharedParts<estypes.SortCombinations[]>();

/** Oldest first. An index that has no event yet has no such field. */
export const oldestFirst = ({ schema: { time } }: Pick<SearchedSource, "schema">): estypes.Sort =>
  orders(time[0], () => [{ [time[0]]: { order: "asc", missing: "_last", unmapped_type: "date" } }]);
