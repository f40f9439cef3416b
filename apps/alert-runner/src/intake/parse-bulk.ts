import { type Parsed, parseLines, type Refusal } from "./parse-lines.ts";

export type BulkAction = "index" | "create" | "update" | "delete";

/** One item of a bulk request: what its answer is about. */
export type BulkItem = {
  readonly action: BulkAction;
  /** The id that the sender chose. */
  readonly id?: string;
} & (Parsed | Refusal);

const ACTIONS: readonly BulkAction[] = ["index", "create", "update", "delete"];

/**
 * The items of a bulk body: action lines each followed by a document, as Elasticsearch takes them. Documents without an
 * action line, and a JSON list of documents, are taken as well, as MozDef does.
 *
 * The index that an action names is ignored: events go into the index of their day.
 *
 * @throws {HttpError} as {@link parseLines}.
 * @see MozDef `loginput/index.py`, `bulkindex`.
 */
export const parseBulk = (body: Buffer): BulkItem[] => {
  const items: BulkItem[] = [];
  let pending: Action | undefined;
  for (const parsed of parseLines(body)) {
    const action = "value" in parsed && pending === undefined ? actionOf(parsed.line, parsed.value) : undefined;
    if (action === undefined) {
      items.push(itemOf(pending, parsed));
      pending = undefined;
    } else if (action.name === "delete") items.push(refusedDelete(action));
    else pending = action;
  }
  if (pending !== undefined) items.push(refusedEnd(pending));
  return items;
};

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
  return { ...headOf(action), ...parsed };
};

const refusedDelete = (action: Action): BulkItem =>
  refused(action, `"delete" is not supported: events are not deleted one by one`);

const refusedEnd = (action: Action): BulkItem =>
  refused(action, `the document is missing: the body ends after the action "${action.name}"`);

const refused = (action: Action, reason: string): BulkItem => ({
  ...headOf(action),
  line: action.line,
  code: "EVENT_INVALID",
  reason,
});

const headOf = (action: Action | undefined): { action: BulkAction; id?: string } => ({
  action: action?.name ?? "index",
  ...(action?.id !== undefined && { id: action.id }),
});
