import { aliasRoutes } from "./alias-api.ts";
import { analyzeRoutes } from "./analyze-api.ts";
import { bulkRoutes } from "./bulk-api.ts";
import { countRoutes } from "./count-api.ts";
import { documentRoutes } from "./document-api.ts";
import { indexRoutes } from "./index-api.ts";
import { infoRoutes } from "./info-api.ts";
import { mgetRoutes } from "./mget-api.ts";
import { msearchRoutes } from "./msearch-api.ts";
import { pitRoutes } from "./pit-api.ts";
import type { Route } from "./router.ts";
import { searchRoutes } from "./search-api.ts";
import { templateRoutes } from "./template-api.ts";

/** Everything this store answers. */
export const routes: readonly Route[] = [
  ...infoRoutes,
  ...indexRoutes,
  ...templateRoutes,
  ...aliasRoutes,
  ...documentRoutes,
  ...mgetRoutes,
  ...bulkRoutes,
  ...searchRoutes,
  ...msearchRoutes,
  ...countRoutes,
  ...pitRoutes,
  ...analyzeRoutes,
];

/** APIs of Elasticsearch that this store does not support, by the first part of their path that starts with `_`. */
export const UNSUPPORTED_APIS: ReadonlySet<string> = new Set(
  "_async_search _autoscaling _bulk_by_scroll _cat _ccr _clone _close _cluster _component_template _connector _data_stream _delete_by_query _dangling _disk_usage _downsample _enrich _eql _esql _explain _features _field_caps _field_usage_stats _fleet _forcemerge _graph _health_report _ilm _inference _ingest _knn_search _license _lifecycle _logstash _migration _ml _monitoring _mtermvectors _mvt _nodes _open _percolate _plugins _query _rank_eval _recovery _reindex _reload_search_analyzers _render _remote _resolve _rollover _rollup _scripts _search_shards _searchable_snapshots _security _segments _shard_stores _shrink _slm _snapshot _split _sql _ssl _stats _suggest _synonyms _tasks _template _termvectors _terms_enum _text_structure _transform _update_by_query _validate _watcher _xpack".split(
    " ",
  ),
);
