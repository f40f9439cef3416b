import { ApiError, unsupported } from "../errors/api-error.ts";
import { ValueError } from "../errors/value-error.ts";
import type { QueryKind } from "../recipe/query.ts";

const shardError = (reason: string): ApiError => new ApiError(400, { type: "query_shard_exception", reason });

const noExists = (name: string): string => `Field [${name}] of type [${name}] does not support exists queries`;

/** Fields of every document that cannot be asked whether they exist; of several, the first one here is named. */
const EXISTS_ERRORS: ReadonlyMap<string, Error> = new Map<string, Error>([
  ["_doc_count", shardError(noExists("_doc_count"))],
  ["_source", shardError("The _source field is not searchable")],
  ["_field_names", new ValueError("Cannot run exists query on _field_names", "unsupported_operation_exception")],
  [
    "_nested_path",
    new ValueError("Cannot run exists() query against the nested field path", "unsupported_operation_exception"),
  ],
  ["_data_stream_timestamp", new ValueError(noExists("_data_stream_timestamp"))],
]);

/** Names of fields that no mapping declares and that cannot be asked for. */
export const unaskable: readonly string[] = [...EXISTS_ERRORS.keys()];

/** Why the first of these fields cannot be asked for; undefined = each can. */
export const existsError = (names: readonly string[]): Error | undefined => {
  const first = unaskable.find((name) => names.includes(name));
  return first === undefined ? undefined : EXISTS_ERRORS.get(first);
};

const UNSEARCHABLE: Readonly<Record<string, string>> = {
  _source: "The _source field is not searchable",
  _version: "The _version field is not searchable",
  _doc_count: "Field [_doc_count] of type [_doc_count] is not searchable",
};

const NO_RANGE = new Set(["_source", "_version", "_doc_count", "_field_names", "_tier"]);
const NO_PATTERN = new Set(["_source", "_version", "_doc_count", "_field_names", "_seq_no"]);
const PATTERNS = "keyword, text and wildcard";

/** Why a field that no mapping declares does not answer a query; undefined = it does, or matches nothing. */
export const metadataError = (kind: QueryKind, name: string): Error | undefined => {
  if (kind === "match" || kind === "match_phrase" || kind === "term" || kind === "terms") return valueError(kind, name);
  if (kind === "range" && NO_RANGE.has(name))
    return new ValueError(`Field [${name}] of type [${name}] does not support range queries`);
  if (kind === "range") return notSupported(name);
  const isPattern = kind === "prefix" || kind === "wildcard";
  if (!NO_PATTERN.has(name) && (name !== "_tier" || isPattern)) return undefined;
  if (kind === "fuzzy") return new ValueError(wrongType(kind, name, "keyword and text"));
  if (kind === "regexp") return shardError(wrongType(kind, name, "keyword and text"));
  return isPattern ? shardError(wrongType(kind, name, PATTERNS)) : undefined;
};

const wrongType = (kind: string, name: string, types: string): string =>
  `Can only use ${kind} queries on ${types} fields - not on [${name}] which is of type [${name}]`;

const valueError = (kind: QueryKind, name: string): Error | undefined => {
  const reason = Object.hasOwn(UNSEARCHABLE, name) ? UNSEARCHABLE[name] : undefined;
  if (reason === undefined) return notSupported(name);
  if (kind === "term" || kind === "terms") return shardError(reason);
  return new ValueError(`Field [${name}] of type [${name}] does not support ${kind} queries`);
};

const notSupported = (name: string): Error | undefined =>
  name === "_seq_no" ? unsupported(`Searching by [${name}]`) : undefined;
