import type { Cluster } from "../cluster/cluster.ts";
import type { StoredIndex, WriteResult } from "../cluster/stored-index.ts";
import { illegalArgument, ApiError, unsupported } from "../errors/api-error.ts";
import type { Parameters } from "../http/parameters.ts";
import { PRIMARY_TERM, type WriteCondition } from "../index/write-check.ts";
import { validation } from "../search/search-request.ts";
import { isWellFormed } from "../text/well-formed.ts";

/** When a write has to be visible to searches: at once, before the answer, or at the next refresh. */
export type Refresh = "true" | "wait_for" | "false";

export const readRefresh = (parameters: Parameters): Refresh => {
  const value = parameters.text("refresh");
  if (value === undefined || value === "false") return "false";
  if (value === "" || value === "true") return "true";
  if (value === "wait_for") return "wait_for";
  throw illegalArgument(`Unknown value for refresh: [${value}].`);
};

/** Reads `if_seq_no` and `if_primary_term`, which belong together. */
export const readCondition = (parameters: Parameters): WriteCondition => {
  const ifSeqNo = parameters.integer("if_seq_no");
  const ifPrimaryTerm = parameters.integer("if_primary_term");
  refuseVersioning(parameters);
  return checkCondition({ ifSeqNo, ifPrimaryTerm });
};

export const checkCondition = (condition: WriteCondition): WriteCondition => {
  if (condition.ifSeqNo !== undefined && condition.ifPrimaryTerm === undefined)
    throw validation(`ifSeqNo is set, but primary term is [0]`);
  if (condition.ifPrimaryTerm !== undefined && condition.ifSeqNo === undefined)
    throw validation(`ifSeqNo is unassigned, but primary term is [${condition.ifPrimaryTerm}]`);
  return condition;
};

const refuseVersioning = (parameters: Parameters): void => {
  const type = parameters.text("version_type");
  if (type !== undefined && type !== "internal") throw unsupported(`[version_type] [${type}]`);
  if (parameters.text("version") === undefined) return;
  throw validation(
    "internal versioning can not be used for optimistic concurrency control. Please use `if_seq_no` and `if_primary_term` instead",
  );
};

/** Parameters of writes that change nothing in a store of one process, and those that are not supported. */
export const commonWriteParameters = (parameters: Parameters): void => {
  parameters.skip("timeout", "wait_for_active_shards", "include_source_on_error");
  for (const name of ["routing", "pipeline"]) {
    const value = parameters.text(name);
    if (value !== undefined && value !== "_none") throw unsupported(`The parameter [${name}]`);
  }
};

/** The index to write to, created when missing. */
export const targetIndex = (name: string, requireAlias: boolean, cluster: Cluster): StoredIndex => {
  cluster.checkRoom(name);
  if (requireAlias && !cluster.aliases.has(name))
    throw new ApiError(404, {
      type: "index_not_found_exception",
      reason: `no such index [${name}] and [require_alias] request flag is [true] and [${name}] is not an alias`,
      details: { index_uuid: "_na_", index: name },
    });
  return cluster.writeIndexOrNew(name);
};

const ID_LIMIT = 512;

/** Ids are kept as UTF-8, which has no half characters. @throws {ApiError} 400 when it is one, empty or longer than Elasticsearch's 512 bytes. */
export const checkId = (id: string): void => {
  if (id === "") throw illegalArgument("if _id is specified it must not be empty");
  if (!isWellFormed(id)) throw illegalArgument("[_id] must be well-formed Unicode");
  if (id.length * 3 > ID_LIMIT && Buffer.byteLength(id) > ID_LIMIT)
    throw validation(`id [${id}] is too long, must be no longer than 512 bytes but was: ${Buffer.byteLength(id)}`);
};

/** The answer to a write of one document, without its HTTP status. */
export const writeJson = (index: StoredIndex, id: string, written: WriteResult, refresh: Refresh): object => ({
  _index: index.name,
  _id: id,
  _version: written.version,
  result: written.result,
  forced_refresh: refresh === "true" ? true : undefined,
  _shards: { total: index.shards === 0 ? 0 : 1 + index.replicas, successful: 1, failed: 0 },
  _seq_no: written.sequence,
  _primary_term: PRIMARY_TERM,
});

export const writeStatus = ({ result }: WriteResult): number =>
  result === "created" ? 201 : result === "not_found" ? 404 : 200;
