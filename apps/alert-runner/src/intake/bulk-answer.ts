import type { BulkAnswer } from "@mozdef/alert-api";
import type { BulkItem } from "./parse-bulk.ts";
import { isRefused, type Outcome } from "./save-parsed.ts";

/** The items of a bulk answer: one for each item of the request, also when several events were in it. */
export class BulkAnswers {
  readonly #items: AnswerItem[] = [];
  #last: BulkItem | undefined;
  #isRefused = false;

  /** What became of an event of an item, in order. Of the events of one item a refusal is told, so that it is sent again. */
  add(item: BulkItem, outcome: Outcome): void {
    if (item !== this.#last) this.#items.push(bulkItem(item, outcome));
    else if (isRefused(outcome) && !this.#isRefused) this.#items[this.#items.length - 1] = bulkItem(item, outcome);
    this.#isRefused = isRefused(outcome) || (item === this.#last && this.#isRefused);
    this.#last = item;
  }

  get items(): readonly AnswerItem[] {
    return this.#items;
  }
}

type AnswerItem = BulkAnswer["items"][number];

/** An item of a bulk answer, in Elasticsearch's shape: under the name of its action. */
const bulkItem = ({ action, id }: BulkItem, outcome: Outcome): AnswerItem => {
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
