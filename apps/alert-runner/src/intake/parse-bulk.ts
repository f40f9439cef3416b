import { isRefusal, type Parsed, type Refusal } from "./parse-piece.ts";

export type BulkAction = "index" | "create" | "update" | "delete";

/** One item of a bulk request: what its answer is about. */
export interface BulkItem {
  readonly action: BulkAction;
  /** The id that the sender chose. */
  readonly id?: string;
  readonly parsed: Parsed;
}

const ACTIONS: readonly BulkAction[] = ["index", "create", "update", "delete"];

/**
 * Joins the values of a bulk body to items, slice by slice: action lines each followed by a document, as Elasticsearch takes them.
 * Documents without an action line, and a JSON list of documents, are taken as well, as MozDef does.
 *
 * The index that an action names is ignored: events go into the index of their day.
 *
 * @see MozDef `loginput/index.py`, `bulkindex`.
 */
export class BulkReader {
  #pending: Action | undefined;

  /** The items that end with these values. */
  read(values: readonly Parsed[]): readonly BulkItem[] {
    return values.flatMap((parsed) => this.#take(parsed) ?? []);
  }

  /** What is left at the end of the body. */
  end(): readonly BulkItem[] {
    return this.#pending === undefined ? [] : [refusedEnd(this.#pending)];
  }

  #take(parsed: Parsed): BulkItem | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending !== undefined || isRefusal(parsed)) return itemOf(pending, parsed);
    const action = actionOf(parsed.line, parsed.value);
    if (action === undefined) return itemOf(undefined, parsed);
    if (action.name === "delete") return refusedDelete(action);
    this.#pending = action;
    return undefined;
  }
}

interface Action {
  readonly line: number;
  readonly name: BulkAction;
  readonly id?: string;
}

/** An action line has one key, the name of the action, and an object with options. */
const actionOf = (line: number, value: unknown): Action | undefined => {
  if (typeof value !== "object" || value === null) return undefined;
  const [entry, ...others] = Object.entries(value);
  const name = ACTIONS.find((action) => action === entry?.[0]);
  const options: unknown = entry?.[1];
  if (name === undefined || others.length > 0 || typeof options !== "object" || options === null) return undefined;
  return { line, name, ...("_id" in options && typeof options._id === "string" && { id: options._id }) };
};

const itemOf = (action: Action | undefined, parsed: Parsed): BulkItem => {
  if (action?.name === "update") return refused(action, `"update" is not supported: events are not changed once saved`);
  return { ...headOf(action), parsed };
};

const refusedDelete = (action: Action): BulkItem =>
  refused(action, `"delete" is not supported: events are not deleted one by one`);

const refusedEnd = (action: Action): BulkItem =>
  refused(action, `the document is missing: the body ends after the action "${action.name}"`);

const refused = (action: Action, reason: string): BulkItem => {
  const parsed: Refusal = { line: action.line, code: "EVENT_INVALID", reason };
  return { ...headOf(action), parsed };
};

const headOf = (action: Action | undefined): { action: BulkAction; id?: string } => ({
  action: action?.name ?? "index",
  ...(action?.id !== undefined && { id: action.id }),
});
