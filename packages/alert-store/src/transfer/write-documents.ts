import { errors, type estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { copiedEvent, type CopiedEvent } from "../events/fit-event.ts";
import { knownFields } from "../events/known-fields.ts";
import { isForItsShape } from "../events/rescue.ts";
import { bulk, isRetryable, type Operation, problemOf } from "../requests/bulk.ts";
import { isStatus, StoreError, storeError } from "../store-error.ts";
import type { TransferDocument } from "./format.ts";
import { type Pause, withPatience } from "./patience.ts";

/** What became of a document: it was written, was there already, or was refused. */
export type Written =
  { readonly kind: "written" | "inPart" | "present" } | { readonly kind: "refused"; readonly reason: string };

export interface WriteOptions {
  /** Whether documents that are there already are replaced. */
  readonly replaces: boolean;
  readonly pause: Pause;
}

interface Pending {
  readonly place: number;
  readonly document: TransferDocument;
  /** Of an event: how it gets smaller when the index does not take it as it is. */
  readonly event: CopiedEvent | null;
  readonly isInPart: boolean;
}

/**
 * Writes documents under their own ids, in the order given. An event that does not fit into its index is kept with the rest of it in
 * `unmapped`, as when it is received.
 *
 * @throws {StoreError} when the store does not answer.
 */
export const writeTransferred = async (
  store: AlertStore,
  documents: readonly TransferDocument[],
  options: WriteOptions,
): Promise<readonly Written[]> => {
  const results: Written[] = [];
  let open = documents.map((document, place): Pending => {
    const isEvent = document.index.startsWith("events-");
    return { place, document, event: isEvent ? copiedEvent(document.source) : null, isInPart: false };
  });
  while (open.length > 0) {
    const items = await send(store, open, options);
    const again: Pending[] = [];
    for (const [at, pending] of open.entries()) {
      const item = items[at];
      const less = item !== undefined && isForItsShape(item) ? await smaller(store, pending, item) : undefined;
      if (less === undefined) results[pending.place] = writtenOf(item, pending);
      else again.push(less);
    }
    open = again;
  }
  return results;
};

const WHAT = "Cannot write what is imported";
const CONFLICT = 409;

/** Items that a busy store did not take are sent again. */
const send = async (store: AlertStore, pending: readonly Pending[], { replaces, pause }: WriteOptions) => {
  const items: (estypes.BulkResponseItem | undefined)[] = [];
  const isOpen = (at: number): boolean => {
    const item = items[at];
    return item === undefined || (item.error != null && isRetryable(item));
  };
  await withPatience(
    async () => {
      const places = [...pending.keys()].filter(isOpen);
      const operations = places.flatMap((at) => operationOf(store, pending[at], replaces));
      const answers = await bulkInParts(store, operations);
      for (const [position, at] of places.entries()) items[at] = answers[position];
      return places.some(isOpen);
    },
    pause,
    (isAnyOpen) => isAnyOpen,
  );
  return items;
};

/** A server refuses a request as a whole for one id that it does not take: sent in halves, until that document stands alone. */
const bulkInParts = async (
  store: AlertStore,
  operations: readonly Operation[],
): Promise<readonly estypes.BulkResponseItem[]> => {
  try {
    return await bulk(store, WHAT, operations);
  } catch (error) {
    if (!isForItsContent(error)) throw error;
    if (operations.length <= 1) return [refusedItem(error)];
    const middle = Math.ceil(operations.length / 2);
    const first = await bulkInParts(store, operations.slice(0, middle));
    return [...first, ...(await bulkInParts(store, operations.slice(middle)))];
  }
};

const isForItsContent = (error: unknown): error is StoreError =>
  error instanceof StoreError &&
  (isStatus(error.cause, BAD_REQUEST) || error.cause instanceof errors.SerializationError);

const BAD_REQUEST = 400;
/** Not 400: with less in it, it would be refused just the same. */
const UNPROCESSABLE = 422;

const refusedItem = ({ message }: StoreError): estypes.BulkResponseItem => ({
  ...{ _index: "", status: UNPROCESSABLE },
  error: { type: "request_refused", reason: message.slice(0, 1_000) },
});

const operationOf = ({ names }: AlertStore, pending: Pending | undefined, replaces: boolean): readonly Operation[] => {
  if (pending === undefined) return [];
  const { document, event } = pending;
  const target = { _index: names.physical(document.index), _id: document.id };
  return [[replaces ? { index: target } : { create: target }, event?.source ?? document.source]];
};

const smaller = async (
  store: AlertStore,
  pending: Pending,
  { error }: estypes.BulkResponseItem,
): Promise<Pending | undefined> => {
  if (pending.event === null) return undefined;
  const event = pending.event.less(error ?? undefined, await fieldsOf(store, pending.document.index));
  return event === undefined ? undefined : { ...pending, event, isInPart: true };
};

const fieldsOf = async (store: AlertStore, index: string): Promise<ReadonlySet<string>> => {
  try {
    return await knownFields(store, store.names.physical(index));
  } catch (cause) {
    throw storeError(WHAT, cause);
  }
};

const writtenOf = (item: estypes.BulkResponseItem | undefined, { isInPart }: Pending): Written => {
  if (item?.status === CONFLICT) return { kind: "present" };
  const reason = problemOf(item);
  return reason === null ? { kind: isInPart ? "inPart" : "written" } : { kind: "refused", reason };
};
