import type { EventSource, Hit } from "@mozdef/alert";
import type { estypes } from "@elastic/elasticsearch";
import { mozdefSchema } from "@mozdef/query/mozdef";
import type { Names } from "../names.ts";

/** A hit of the server as alerts see it: with the logical name of its index and nothing of the search. */
export const hitOf = (hit: estypes.SearchHit, names: Names): Hit => ({
  _index: names.logical(hit._index),
  _id: hit._id ?? "",
  _source: (hit._source ?? {}) as EventSource,
});

/** Oldest first. An index that has no event yet has no such field. */
export const OLDEST_FIRST: estypes.Sort = [
  { [mozdefSchema.time[0]]: { order: "asc", missing: "_last", unmapped_type: "date" } },
];
