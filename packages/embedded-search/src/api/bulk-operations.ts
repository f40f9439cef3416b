import { illegalArgument, unsupported } from "../errors/api-error.ts";
import { parseSourceFilter } from "../hits/parse-source-filter.ts";
import type { JsonLine, JsonLines } from "../http/json-lines.ts";
import { lineReader, type LineReader } from "../http/line-reader.ts";
import { parseBody } from "../http/parse-body.ts";
import type { WriteCondition } from "../index/write-check.ts";
import { isObject, type Json, type JsonObject, numberOf, showJson, tokenOf } from "../json/json.ts";
import { checkFaults, validation } from "../search/search-request.ts";
import { conditionFaults, parseUpdate, type UpdateRequest } from "./update-document.ts";
import { checkCondition } from "./write-options.ts";

interface Target {
  readonly index: string;
  readonly id: string | undefined;
  readonly condition: WriteCondition;
  readonly requireAlias: boolean;
}

/** One operation of a bulk request. */
export type BulkOperation = Target &
  (
    | { readonly kind: "index" | "create"; readonly document: JsonLine }
    | { readonly kind: "update"; readonly update: UpdateRequest }
    | { readonly kind: "delete" }
  );

type Kind = BulkOperation["kind"];

/** Defaults for operations that name none themselves. */
export interface BulkDefaults {
  readonly index: string;
  readonly requireAlias: boolean;
}

const KINDS: readonly string[] = ["create", "delete", "index", "update"] satisfies Kind[];

const isKind = (kind: string): kind is Kind => KINDS.includes(kind);

/**
 * Reads the lines of a bulk request.
 *
 * @throws {ApiError} 400 for the whole request when an action line is malformed; documents are not looked at yet.
 */
export const parseBulk = (body: string | JsonLines, defaults: BulkDefaults): readonly BulkOperation[] => {
  if (typeof body === "string" && !body.endsWith("\n"))
    throw illegalArgument("The bulk request must be terminated by a newline [\\n]");
  const lines = lineReader(body);
  const operations: BulkOperation[] = [];
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (line.value === undefined && line.text.trim() === "") continue;
    operations.push(parseOperation(line, lines, defaults));
  }
  if (operations.length === 0) throw validation("no requests added");
  checkTargets(operations);
  return operations;
};

const parseOperation = (line: JsonLine, lines: LineReader, defaults: BulkDefaults): BulkOperation => {
  const { number } = lines;
  const [kind, metadata] = parseAction(line.value ?? parseBody(line.text), number);
  const target = parseTarget(metadata, number, defaults);
  if (kind === "delete") return { ...target, kind };
  const document = lines.next();
  if (document === undefined) throw validation("no requests added");
  if (kind !== "update") return { ...target, kind: metadata.op_type === "create" ? "create" : kind, document };
  const json = document.value ?? parseBody(document.text);
  const update = parseUpdate(isObject(json) ? json : {});
  const shown = metadata._source;
  return { ...target, kind, update: shown === undefined ? update : { ...update, source: parseSourceFilter(shown) } };
};

const parseAction = (json: Json, number: number): readonly [Kind, JsonObject] => {
  const where = `Malformed action/metadata line [${number}], expected`;
  if (!isObject(json)) throw illegalArgument(`${where} START_OBJECT but found [${tokenOf(json)}]`);
  const [entry, second] = Object.entries(json);
  if (!entry) throw illegalArgument(`${where} FIELD_NAME but found [END_OBJECT]`);
  const [kind, metadata] = entry;
  if (!isKind(kind))
    throw illegalArgument(`${where} field [create], [delete], [index] or [update] but found [${kind}]`);
  if (!isObject(metadata)) throw illegalArgument(`${where} START_OBJECT but found [${tokenOf(metadata)}]`);
  if (second) throw illegalArgument(`${where} END_OBJECT but found [FIELD_NAME]`);
  return [kind, metadata];
};

const UNSUPPORTED_KEYS = new Set([
  "routing",
  "version",
  "version_type",
  "pipeline",
  "dynamic_templates",
  "require_data_stream",
]);
const KNOWN_KEYS = new Set([
  "_index",
  "_id",
  "if_seq_no",
  "if_primary_term",
  "require_alias",
  "op_type",
  "retry_on_conflict",
  "_source",
]);

const parseTarget = (metadata: JsonObject, number: number, defaults: BulkDefaults): Target => {
  for (const key of Object.keys(metadata)) {
    if (UNSUPPORTED_KEYS.has(key)) throw unsupported(`[${key}] of a bulk operation`);
    if (!KNOWN_KEYS.has(key))
      throw illegalArgument(`Action/metadata line [${number}] contains an unknown parameter [${key}]`);
  }
  const { _index: index, _id: id } = metadata;
  return {
    index: index === undefined ? defaults.index : showJson(index),
    id: id == null ? undefined : showJson(id),
    condition: checkCondition({
      ifSeqNo: numberOf(metadata.if_seq_no),
      ifPrimaryTerm: numberOf(metadata.if_primary_term),
    }),
    requireAlias: typeof metadata.require_alias === "boolean" ? metadata.require_alias : defaults.requireAlias,
  };
};

const checkTargets = (operations: readonly BulkOperation[]): void => {
  const faults = operations.flatMap((operation) => {
    const { index, id, kind, condition } = operation;
    if (index === "") return ["index is missing"];
    if (id === undefined && (kind === "update" || kind === "delete")) return ["id is missing"];
    return kind === "update" ? conditionFaults(operation.update, condition) : [];
  });
  checkFaults(faults);
};
