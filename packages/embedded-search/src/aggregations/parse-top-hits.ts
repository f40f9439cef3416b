import { illegalArgument, parsingError, placed } from "../errors/api-error.ts";
import { parseSourceFilter } from "../hits/parse-source-filter.ts";
import { parseSort } from "../hits/sort.ts";
import { type JsonObject, tokenOf } from "../json/json.ts";
import { BodyReader } from "../recipe/read-body.ts";
import type { TopHitsOptions } from "./top-hits.ts";

export const parseTopHits = (name: string, body: JsonObject): TopHitsOptions => {
  const reader = new BodyReader("top_hits", body);
  reader.refuse("explain", "script_fields", "docvalue_fields", "fields", "stored_fields", "highlight");
  const count = (key: string, preset: number): number => {
    const value = reader.integer(key, preset);
    if (value >= 0) return value;
    throw illegalArgument(`[${key}] must be greater than or equal to 0. Found [${value}] in [${name}]`);
  };
  const options: TopHitsOptions = {
    size: count("size", 3),
    from: count("from", 0),
    sort: parseSort(reader.take("sort")),
    trackScores: reader.flag("track_scores", false),
    fetch: {
      source: parseSourceFilter(reader.take("_source")),
      version: reader.flag("version", false),
      sequence: reader.flag("seq_no_primary_term", false),
    },
  };
  const unknown = reader.unknown();
  if (unknown === undefined) return options;
  throw placed(parsingError(`Unknown key for a ${tokenOf(body[unknown] ?? null)} in [${unknown}].`), body, unknown);
};
