import type { SearchTarget } from "../hits/scope.ts";
import { failureToJson, type ShardFailure } from "./shard-failure.ts";

const countShards = (targets: readonly SearchTarget[]): number => targets.reduce((sum, { shards }) => sum + shards, 0);

const NONE: ReadonlySet<SearchTarget> = new Set();

/** What `_shards` says of a search. */
export const shardCounts = (
  targets: readonly SearchTarget[],
  failures: readonly ShardFailure[],
  skippedTargets = NONE,
): object => {
  const total = countShards(targets);
  const skipped = countShards([...skippedTargets]);
  const counts = { total, successful: total - failures.length, skipped, failed: failures.length };
  return failures.length === 0 ? counts : { ...counts, failures: failures.map(failureToJson) };
};
