import { illegalArgument } from "../http/store-error.ts";
import { type JsonObject } from "../json/json.ts";
import { BodyReader } from "../recipe/read-body.ts";
import { parseSourceFilter } from "../search/parse-source-filter.ts";
import { parseSort } from "../search/sort.ts";
import { type TopHitsOptions } from "./top-hits.ts";

/** Hits in one bucket, as `index.max_inner_result_window`. */
const maxWindow = 100;

export function parseTopHits(body: JsonObject): TopHitsOptions {
  const reader = new BodyReader("top_hits", body);
  reader.refuse("explain", "script_fields", "docvalue_fields", "fields", "stored_fields", "highlight");
  const options: TopHitsOptions = {
    size: reader.integer("size", 3),
    from: reader.integer("from", 0),
    sort: parseSort(reader.take("sort")),
    trackScores: reader.flag("track_scores", false),
    fetch: {
      source: parseSourceFilter(reader.take("_source")),
      version: reader.flag("version", false),
      sequence: reader.flag("seq_no_primary_term", false),
    },
  };
  reader.end();
  if (options.size + options.from > maxWindow) {
    throw illegalArgument(
      `Top hits result window is too large, the top hits aggregator [top_hits]'s from + size must be less than or equal to: [${maxWindow}] but was [${options.size + options.from}]. This limit can be set by changing the [index.max_inner_result_window] index level setting.`,
    );
  }
  return options;
}
