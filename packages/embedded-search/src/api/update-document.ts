import { mergeSource, sameJson } from "../cluster/merge-source.ts";
import type { StoredDocument, StoredIndex, WriteResult } from "../cluster/stored-index.ts";
import { ApiError, unsupported } from "../errors/api-error.ts";
import { parseSourceFilter } from "../hits/parse-source-filter.ts";
import type { SourceFilter } from "../hits/source-filter.ts";
import { checkWrite, type WriteCondition } from "../index/write-check.ts";
import { isObject, type Json, type JsonObject, parseJson } from "../json/json.ts";
import { validation } from "../search/search-request.ts";
import { writeAsJava } from "../values/java-json.ts";

/** An update as requested. */
export interface UpdateRequest {
  readonly doc: JsonObject | undefined;
  /** Stored unchanged when the document does not exist yet. */
  readonly upsert: JsonObject | undefined;
  readonly docAsUpsert: boolean;
  readonly detectNoop: boolean;
  /** The part of the document to show in the answer. */
  readonly source: SourceFilter | undefined;
}

const KNOWN_KEYS = new Set(["doc", "upsert", "doc_as_upsert", "detect_noop", "_source"]);

export const parseUpdate = (body: JsonObject): UpdateRequest => {
  if (Object.hasOwn(body, "script") || Object.hasOwn(body, "scripted_upsert"))
    throw unsupported("Updating by [script]");
  const unknown = Object.keys(body).find((key) => !KNOWN_KEYS.has(key));
  if (unknown !== undefined) {
    const reason = `[1:2] [UpdateRequest] unknown field [${unknown}]`;
    throw new ApiError(400, { type: "x_content_parse_exception", reason });
  }
  const request: UpdateRequest = {
    doc: objectOf(body.doc),
    upsert: objectOf(body.upsert),
    docAsUpsert: body.doc_as_upsert === true,
    detectNoop: body.detect_noop !== false,
    source: body._source === undefined || body._source === false ? undefined : parseSourceFilter(body._source),
  };
  if (request.doc === undefined && request.docAsUpsert)
    throw validation("doc must be specified if doc_as_upsert is enabled");
  if (request.doc === undefined) throw validation("script or doc is missing");
  return request;
};

/** Why an update cannot have a condition; none when it can, or has none. */
export const conditionFaults = (
  { docAsUpsert, upsert }: UpdateRequest,
  { ifSeqNo }: WriteCondition,
): readonly string[] => {
  if (ifSeqNo === undefined) return [];
  return [
    ...(docAsUpsert ? ["compare and write operations can not be used with upsert"] : []),
    ...(upsert ? ["upsert requests don't support `if_seq_no` and `if_primary_term`"] : []),
  ];
};

const objectOf = (json: Json | undefined): JsonObject | undefined => (isObject(json) ? json : undefined);

/** What an update did, and the document as it is now. */
export interface Updated {
  readonly written: WriteResult;
  readonly source: string;
}

/**
 * Merges a partial document into a stored one.
 *
 * @throws {ApiError} 404 when it is missing and there is no upsert, 409 when the condition does not hold.
 */
export const updateDocument = (
  index: StoredIndex,
  id: string,
  request: UpdateRequest,
  condition: WriteCondition,
): Updated => {
  const stored = index.get(id);
  if (stored) return overwrite(index, id, stored, request, condition);
  const first = request.docAsUpsert ? request.doc : request.upsert;
  if (first === undefined) throw missingDocument(index, id);
  const source = writeAsJava(first);
  return { written: index.put(id, asWritten(source), source), source };
};

const overwrite = (
  index: StoredIndex,
  id: string,
  stored: StoredDocument,
  { doc = {}, detectNoop }: UpdateRequest,
  condition: WriteCondition,
): Updated => {
  checkWrite(index, id, stored, condition);
  const current = parseJson(stored.source);
  const merged = mergeSource(isObject(current) ? current : {}, doc);
  if (detectNoop && sameJson(current, merged)) return { written: { ...stored, result: "noop" }, source: stored.source };
  const source = writeAsJava(merged);
  return { written: index.put(id, asWritten(source), source), source };
};

/** Errors name numbers as Java has written them. */
const asWritten = (source: string): JsonObject => objectOf(parseJson(source)) ?? {};

const missingDocument = (index: StoredIndex, id: string): ApiError =>
  new ApiError(404, {
    type: "document_missing_exception",
    reason: `[${id}]: document missing`,
    details: { index_uuid: index.uuid, shard: "0", index: index.name },
  });
