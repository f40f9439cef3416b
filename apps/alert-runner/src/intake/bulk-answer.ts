import type { BulkAnswer } from "@mozdef/alert-api";
import type { BulkItem } from "./parse-bulk.ts";
import { isRefused, type Outcome } from "./save-parsed.ts";

type AnswerItem = BulkAnswer["items"][number];

/** An item of a bulk answer, in Elasticsearch's shape: under the name of its action. */
export const bulkItem = ({ action, id }: BulkItem, outcome: Outcome): AnswerItem => {
  if (!isRefused(outcome)) {
    const { _index, _id } = outcome;
    return { [action]: { _index, _id, _version: 1, result: "created", status: 201 } };
  }
  const { status, line, reason } = outcome;
  const error = { type: TYPES.get(status) ?? "document_parsing_exception", reason: `line ${line}: ${reason}` };
  return { [action]: { ...(id !== undefined && { _id: id }), status, error } };
};

/** What Elasticsearch calls refusals that pass. Shippers send an item again by its status. */
const TYPES: ReadonlyMap<number, string> = new Map([
  [429, "es_rejected_execution_exception"],
  [503, "unavailable_shards_exception"],
]);
