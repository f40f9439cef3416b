import { expect, it } from "vitest";
import { isSearchLater } from "./store-error.ts";

it.each<[string, number, object, boolean]>([
  ["whose queue is full", 429, { type: "search_phase_execution_exception" }, true],
  ["whose shards are not there", 503, { type: "no_shard_available_action_exception" }, true],
  ["that shuts down", 500, { type: "node_closed_exception" }, true],
  ["that has too little memory now", 429, { type: "circuit_breaking_exception", durability: "TRANSIENT" }, true],
  ["that never has as much memory", 429, { type: "x", root_cause: [{ durability: "PERMANENT" }] }, false],
  ["of OpenSearch that is asked for too many groups", 503, { type: "too_many_buckets_exception" }, false],
  ["that does not have what is asked for", 501, { type: "not_supported" }, false],
  ["that does not understand", 400, { type: "parsing_exception" }, false],
])("a search refused by a server %s (%i) may succeed later or not", (_, status, error, later) => {
  expect(isSearchLater(status, error)).toBe(later);
});
