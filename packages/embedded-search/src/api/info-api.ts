import { illegalArgument } from "../errors/api-error.ts";
import { expressionOptions } from "./expression-options.ts";
import { ok, type Route } from "./router.ts";

/** The version of Elasticsearch that this store claims to be. */
export const IMITATED_VERSION = "9.5.3";

const INFO = {
  name: "embedded",
  cluster_name: "elasticsearch",
  cluster_uuid: "embedded-search-store0",
  version: {
    number: IMITATED_VERSION,
    build_flavor: "default",
    build_type: "embedded",
    build_hash: "0000000000000000000000000000000000000000",
    build_date: "2026-01-01T00:00:00.000Z",
    build_snapshot: false,
    lucene_version: "10.4.0",
    minimum_wire_compatibility_version: "8.19.0",
    minimum_index_compatibility_version: "8.0.0",
  },
  tagline: "You Know, for Search",
};

const checkStatus = (status: string | undefined): void => {
  if (status === undefined || ["green", "yellow", "red"].includes(status.toLowerCase())) return;
  throw illegalArgument(
    `No enum constant org.elasticsearch.cluster.health.ClusterHealthStatus.${status.toUpperCase()}`,
  );
};

const health: Route["handler"] = ({ parameters, part }, cluster) => {
  checkStatus(parameters.text("wait_for_status"));
  parameters.skip("timeout", "master_timeout", "local", "level", "wait_for_no_relocating_shards");
  parameters.skip("wait_for_no_initializing_shards", "wait_for_active_shards", "wait_for_nodes", "wait_for_events");
  const options = expressionOptions(parameters);
  const indices = cluster.resolve(part("index"), { ...options, ignoreUnavailable: true });
  const shards = indices.reduce((sum, { index }) => sum + index.shards, 0);
  const copies = indices.reduce((sum, { index }) => sum + index.shards * index.replicas, 0);
  return ok({
    cluster_name: "elasticsearch",
    status: copies > 0 ? "yellow" : "green",
    timed_out: false,
    number_of_nodes: 1,
    number_of_data_nodes: 1,
    active_primary_shards: shards,
    active_shards: shards,
    relocating_shards: 0,
    initializing_shards: 0,
    unassigned_shards: copies,
    unassigned_primary_shards: 0,
    delayed_unassigned_shards: 0,
    number_of_pending_tasks: 0,
    number_of_in_flight_fetch: 0,
    task_max_waiting_in_queue_millis: 0,
    active_shards_percent_as_number: shards === 0 ? 100 : (100 * shards) / (shards + copies),
  });
};

export const infoRoutes: readonly Route[] = [
  { methods: ["GET", "HEAD"], path: "/", handler: () => ok(INFO) },
  { methods: ["GET"], path: "/_cluster/health", handler: health },
  { methods: ["GET"], path: "/_cluster/health/{index}", handler: health },
];
