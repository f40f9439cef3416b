import type { Cluster } from "../cluster/cluster.ts";
import { newDocumentId } from "../cluster/identifiers.ts";
import type { StoredIndex } from "../cluster/stored-index.ts";
import { DocumentError } from "../document/document-error.ts";
import { illegalArgument, indexNotFound, ApiError, unsupported } from "../errors/api-error.ts";
import { sourceFilterOf } from "../hits/parse-source-filter.ts";
import { filterSource, type SourceFilter, wholeSource } from "../hits/source-filter.ts";
import type { Parameters } from "../http/parameters.ts";
import { parseBody } from "../http/parse-body.ts";
import { PRIMARY_TERM } from "../index/write-check.ts";
import type { Json } from "../json/json.ts";
import { lastTokenStart } from "../json/scan-json.ts";
import type { Writable } from "../json/write-json.ts";
import { checkFaults, validation } from "../search/search-request.ts";
import { type ApiRequest, bodyRequired, objectBody } from "./request.ts";
import { type Answer, type Handler, ok, type Route } from "./router.ts";
import { conditionFaults, parseUpdate, updateDocument } from "./update-document.ts";
import {
  checkId,
  commonWriteParameters,
  readCondition,
  readRefresh,
  targetIndex,
  writeJson,
  writeStatus,
} from "./write-options.ts";

/** Parses a document, with the errors that Elasticsearch has for documents. */
export const parseDocumentText = (text: string): Json => {
  try {
    return parseBody(text);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new DocumentError(`${lastGoodPlace(text, error.reason)} failed to parse: ${error.reason}`, error);
  }
};

/** A document on one line is reported to fail at the start of the last token that could be read. */
const lastGoodPlace = (text: string, reason: string): string => {
  const column = Number(/^\[1:(\d+)\]/.exec(reason)?.[1] ?? 2);
  const last = lastTokenStart(text, column - 1);
  return `[1:${(reason.includes("Duplicate field") ? lastTokenStart(text, last) : last) + 1}]`;
};

const readOpType = (parameters: Parameters): boolean => {
  const opType = parameters.text("op_type") ?? "index";
  if (opType === "index" || opType === "create") return opType === "create";
  throw illegalArgument(`opType must be 'create' or 'index', found: [${opType}]`);
};

const write = (request: ApiRequest, id: string, create: boolean, name: string, cluster: Cluster): Answer => {
  const { parameters, body } = request;
  commonWriteParameters(parameters);
  const refresh = readRefresh(parameters);
  const condition = { ...readCondition(parameters), create };
  const requireAlias = parameters.flag("require_alias", false);
  if (body === "") throw bodyRequired();
  checkId(id);
  const index = targetIndex(name, requireAlias, cluster);
  const written = index.put(id, parseDocumentText(body), body, condition);
  if (refresh !== "false") index.refresh();
  return { status: writeStatus(written), body: writeJson(index, id, written, refresh) };
};

const index: Handler = (request, cluster) =>
  write(request, request.part("id"), readOpType(request.parameters), request.part("index"), cluster);

const indexNew: Handler = (request, cluster) => {
  readOpType(request.parameters);
  return write(request, newDocumentId(), true, request.part("index"), cluster);
};

const create: Handler = (request, cluster) => write(request, request.part("id"), true, request.part("index"), cluster);

const remove: Handler = ({ parameters, part }, cluster) => {
  commonWriteParameters(parameters);
  const refresh = readRefresh(parameters);
  const condition = readCondition(parameters);
  const target = cluster.writeIndex(part("index"));
  if (!target) throw indexNotFound(part("index"));
  const written = target.delete(part("id"), condition);
  if (refresh !== "false") target.refresh();
  return { status: writeStatus(written), body: writeJson(target, part("id"), written, refresh) };
};

const update: Handler = (request, cluster) => {
  const { parameters, part } = request;
  commonWriteParameters(parameters);
  parameters.skip("retry_on_conflict", "lang");
  const refresh = readRefresh(parameters);
  const condition = readCondition(parameters);
  const asked = parseUpdate(objectBody(request));
  const wanted = sourceParameters(parameters) ?? asked.source;
  checkId(part("id"));
  const target = targetIndex(part("index"), parameters.flag("require_alias", false), cluster);
  const faults = conditionFaults(asked, condition);
  checkFaults(faults);
  const { written, source } = updateDocument(target, part("id"), asked, condition);
  if (refresh !== "false") target.refresh();
  const body = {
    ...writeJson(target, part("id"), written, refresh),
    get: wanted && getJson(written.sequence, source, wanted),
  };
  const noop = { ...body, forced_refresh: undefined, _shards: { total: 0, successful: 0, failed: 0 } };
  return { status: writeStatus(written), body: written.result === "noop" ? noop : body };
};

/** The document as it is after an update. */
export const getJson = (sequence: number, source: string, filter: SourceFilter): object => ({
  _seq_no: sequence,
  _primary_term: PRIMARY_TERM,
  found: true,
  _source: filter.enabled ? filterSource(source, filter) : undefined,
});

export const sourceParameters = (parameters: Parameters): SourceFilter | undefined =>
  sourceFilterOf({
    source: parameters.text("_source"),
    includes: parameters.text("_source_includes"),
    excludes: parameters.text("_source_excludes"),
  });

/** How new a document is when it is read by its id. */
export interface Freshness {
  /** False: as of the last refresh. */
  readonly realtime: boolean;
  readonly refresh: boolean;
}

interface GetOptions {
  readonly filter: SourceFilter;
  readonly realtime: boolean;
}

const readGetParameters = (parameters: Parameters): GetOptions & Freshness => {
  parameters.skip("preference");
  const [realtime, refresh] = [parameters.flag("realtime", true), parameters.flag("refresh", false)];
  for (const name of ["stored_fields", "routing", "version", "version_type"])
    if (parameters.text(name) !== undefined) throw unsupported(`The parameter [${name}] of get`);
  return { filter: sourceParameters(parameters) ?? wholeSource, realtime, refresh };
};

/** The index to read from, as new as the request wants it. */
export const readTarget = (name: string, { realtime, refresh }: Freshness, cluster: Cluster): StoredIndex => {
  const target = cluster.readIndex(name);
  // What is read as it is needs no refresh, even if one is asked for.
  if (refresh && !realtime) target.refresh();
  else target.refreshIfDue();
  return target;
};

/** A document found by its id, or the answer that there is none. */
export const documentJson = (
  target: StoredIndex,
  id: string,
  { filter, realtime }: GetOptions,
): { readonly found: boolean; readonly json: Writable } => {
  const document = realtime ? target.get(id) : target.getSearchable(id);
  if (!document) return { found: false, json: { _index: target.name, _id: id, found: false } };
  const json = {
    _index: target.name,
    _id: id,
    _version: document.version,
    _seq_no: document.sequence,
    _primary_term: PRIMARY_TERM,
    found: true,
    _source: filter.enabled ? filterSource(document.source, filter) : undefined,
  };
  return { found: true, json };
};

const get: Handler = ({ parameters, part }, cluster) => {
  const options = readGetParameters(parameters);
  const target = readTarget(part("index"), options, cluster);
  const { found, json } = documentJson(target, part("id"), options);
  return { status: found ? 200 : 404, body: json };
};

const getSource: Handler = ({ parameters, part }, cluster) => {
  const { filter, realtime, refresh } = readGetParameters(parameters);
  if (!filter.enabled) throw validation("fetching source can not be disabled");
  const target = readTarget(part("index"), { realtime, refresh }, cluster);
  const document = realtime ? target.get(part("id")) : target.getSearchable(part("id"));
  if (document) return ok(filterSource(document.source, filter));
  const reason = `Document not found [${target.name}]/[${part("id")}]`;
  throw new ApiError(404, { type: "resource_not_found_exception", reason });
};

export const documentRoutes: readonly Route[] = [
  { methods: ["POST"], path: "/{index}/_doc", handler: indexNew },
  { methods: ["PUT", "POST"], path: "/{index}/_doc/{id}", handler: index },
  { methods: ["PUT", "POST"], path: "/{index}/_create/{id}", handler: create },
  { methods: ["GET", "HEAD"], path: "/{index}/_doc/{id}", handler: get },
  { methods: ["DELETE"], path: "/{index}/_doc/{id}", handler: remove },
  { methods: ["POST"], path: "/{index}/_update/{id}", handler: update },
  { methods: ["GET", "HEAD"], path: "/{index}/_source/{id}", handler: getSource },
];
