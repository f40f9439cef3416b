import type { Cluster } from "../cluster/cluster.ts";
import { newDocumentId } from "../cluster/identifiers.ts";
import type { StoredIndex, WriteResult } from "../cluster/stored-index.ts";
import { DocumentError } from "../document/document-error.ts";
import { causeToJson, ApiError } from "../errors/api-error.ts";
import type { SourceFilter } from "../hits/source-filter.ts";
import type { Writable } from "../json/write-json.ts";
import { type BulkOperation, parseBulk } from "./bulk-operations.ts";
import { getJson, parseDocumentText, sourceParameters } from "./document-api.ts";
import { bodyRequired } from "./request.ts";
import { type Handler, ok, type Route } from "./router.ts";
import { updateDocument } from "./update-document.ts";
import {
  checkId,
  commonWriteParameters,
  readRefresh,
  type Refresh,
  targetIndex,
  writeJson,
  writeStatus,
} from "./write-options.ts";

const bulk: Handler = ({ parameters, part, body, lines }, cluster) => {
  commonWriteParameters(parameters);
  const startMs = performance.now();
  const refresh = readRefresh(parameters);
  const source = sourceParameters(parameters);
  const defaults = { index: part("index"), requireAlias: parameters.flag("require_alias", false) };
  parameters.skip("list_executed_pipelines", "require_data_stream");
  if (lines === undefined && body === "") throw bodyRequired();
  const operations = parseBulk(lines ?? body, defaults);
  const run = new BulkRun(cluster, refresh, source);
  const items = operations.map((operation) => run.perform(operation));
  run.refresh();
  return ok({ errors: run.failed, took: Math.round(performance.now() - startMs), items });
};

class BulkRun {
  failed = false;
  readonly #cluster: Cluster;
  readonly #refresh: Refresh;
  readonly #source: SourceFilter | undefined;
  readonly #touched = new Set<StoredIndex>();

  constructor(cluster: Cluster, refresh: Refresh, source: SourceFilter | undefined) {
    this.#cluster = cluster;
    this.#refresh = refresh;
    this.#source = source;
  }

  /** Performs one operation; an error does not stop the others. */
  perform(operation: BulkOperation): Writable {
    const id = operation.id ?? (operation.kind === "index" || operation.kind === "create" ? newDocumentId() : "");
    let shownIndex = operation.index;
    try {
      const index = targetIndex(operation.index, operation.requireAlias, this.#cluster);
      // What fails in an index fails under its own name, not under that of its alias.
      shownIndex = index.name;
      return { [operation.kind]: this.#performOn(index, id, operation) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.failed = true;
      const shownId = operation.id === undefined && error.type === "invalid_index_name_exception" ? null : id;
      return {
        [operation.kind]: { _index: shownIndex, _id: shownId, status: error.status, error: causeToJson(error) },
      };
    }
  }

  #performOn(index: StoredIndex, id: string, operation: BulkOperation): Writable {
    checkId(id);
    this.#touched.add(index);
    const { written, get } = this.#write(index, id, operation);
    return { ...writeJson(index, id, written, this.#refresh), get, status: writeStatus(written) };
  }

  #write(index: StoredIndex, id: string, operation: BulkOperation): { written: WriteResult; get?: object | undefined } {
    const { condition } = operation;
    if (operation.kind === "delete") return { written: index.delete(id, condition) };
    if (operation.kind === "update") {
      const { written, source } = updateDocument(index, id, operation.update, condition);
      const wanted = this.#source ?? operation.update.source;
      return { written, get: wanted && getJson(written.sequence, source, wanted) };
    }
    const create = operation.kind === "create";
    const { text, value } = operation.document;
    if (text === "") throw new DocumentError("[0:0] failed to parse, document is empty");
    const isNewId = operation.id === undefined;
    return { written: index.put(id, value ?? parseDocumentText(text), text, { ...condition, create, isNewId }) };
  }

  refresh(): void {
    if (this.#refresh !== "false") for (const index of this.#touched) index.refresh();
  }
}

export const bulkRoutes: readonly Route[] = [
  { methods: ["POST", "PUT"], path: "/_bulk", handler: bulk },
  { methods: ["POST", "PUT"], path: "/{index}/_bulk", handler: bulk },
];
