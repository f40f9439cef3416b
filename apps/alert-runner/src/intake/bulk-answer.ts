import type { BulkAnswer } from "@mozdef/alert-api";
import type { BulkItem } from "./parse-bulk.ts";
import type { Outcome } from "./save-parsed.ts";

export const bulkAnswer = (items: readonly BulkItem[], outcomes: readonly Outcome[], ms: number): BulkAnswer => ({
  took: Math.round(ms),
  errors: outcomes.some((outcome) => "reason" in outcome),
  items: items.map((item, index) => ({ [item.action]: itemAnswer(item, outcomes[index]) })),
});

const itemAnswer = (item: BulkItem, outcome: Outcome | undefined): BulkAnswer["items"][number][string] => {
  if (outcome === undefined) throw new Error("A bulk item has no outcome.");
  if ("reason" in outcome) {
    const type = outcome.status === 429 ? "es_rejected_execution_exception" : "document_parsing_exception";
    const error = { type, reason: `line ${outcome.line}: ${outcome.reason}` };
    return { ...(item.id !== undefined && { _id: item.id }), status: outcome.status, error };
  }
  return { _index: outcome._index, _id: outcome._id, _version: 1, result: "created", status: 201 };
};
