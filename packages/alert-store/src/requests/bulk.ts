import { jsonWeight } from "@mozdef/alert/runtime";
import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { isLater, isPassing, isStatus, reasonOf, StoreError, storeError } from "../store-error.ts";

/** One write: its header, then its document; a delete has none. */
export type Operation = readonly [header: object, source?: object];

/** A bulk request is cut where its texts have more characters. One that has more than 10 MB as JSON in UTF-8 is cut in two like one that the server does not take. */
const MOST_CHARACTERS = 8 * 1_024 * 1_024;
const MOST_OPERATIONS = 5_000;

/**
 * Any number of writes, in as many bulk requests as it takes, in order. A request that is too large for the server is cut in two,
 * down to the one write that is too large, which is refused by itself.
 *
 * @param what - What it is for, for messages.
 * @returns an item for each operation.
 * @throws {StoreError} when a request fails as a whole; items are for the caller to look at.
 */
export const bulk = async (
  store: AlertStore,
  what: string,
  operations: readonly Operation[],
  options: BulkOptions = {},
): Promise<readonly estypes.BulkResponseItem[]> => {
  const items: estypes.BulkResponseItem[] = [];
  for (const part of partsOf(operations.map(weighed))) items.push(...(await send(store, what, part, options)));
  return items;
};

export interface BulkOptions {
  /** Whether searches see the writes at once. */
  readonly refresh?: boolean;
}

interface Weighed {
  readonly operation: Operation;
  /** In characters, about. */
  readonly weight: number;
}

const weighed = (operation: Operation): Weighed => ({
  operation,
  weight: jsonWeight(operation[0]) + jsonWeight(operation[1]),
});

/** In order, each as large as allowed. An operation that is larger goes alone. */
const partsOf = (operations: readonly Weighed[]): readonly (readonly Weighed[])[] => {
  const parts: Weighed[][] = [];
  let weight = Number.POSITIVE_INFINITY;
  for (const operation of operations) {
    const part = parts.at(-1);
    if (part === undefined || part.length === MOST_OPERATIONS || weight + operation.weight > MOST_CHARACTERS) {
      parts.push([operation]);
      weight = operation.weight;
    } else {
      part.push(operation);
      weight += operation.weight;
    }
  }
  return parts;
};

const TOO_LARGE = 413;

const send = async (
  store: AlertStore,
  what: string,
  part: readonly Weighed[],
  options: BulkOptions,
): Promise<readonly estypes.BulkResponseItem[]> => {
  try {
    const { items } = await store.client.bulk({
      operations: part.flatMap(({ operation: [header, source] }) =>
        source === undefined ? [header] : [header, source],
      ),
      ...options,
    });
    return items.flatMap((item) => item.index ?? item.create ?? item.update ?? item.delete ?? []);
  } catch (cause) {
    if (!isStatus(cause, TOO_LARGE)) throw storeError(what, cause);
    const [first] = part;
    if (part.length === 1 && first !== undefined) return [tooLarge(first)];
    const half = Math.ceil(part.length / 2);
    const before = await send(store, what, part.slice(0, half), options);
    return [...before, ...(await send(store, what, part.slice(half), options))];
  }
};

/** As the server would say it of one item. */
const tooLarge = ({ operation: [header, source] }: Weighed): estypes.BulkResponseItem => {
  const bytes = Buffer.byteLength(JSON.stringify(source ?? header));
  const [target] = Object.values(header) as { readonly _index?: string; readonly _id?: string }[];
  const reason = `the document has ${bytes} bytes, more than the store takes in a request`;
  return {
    _index: target?._index ?? "",
    ...(target?._id !== undefined && { _id: target._id }),
    status: TOO_LARGE,
    error: { type: "request_too_large", reason },
  };
};

/** Why an item failed; null when it did not. */
export const problemOf = (item: estypes.BulkResponseItem | undefined): string | null => {
  if (item === undefined) return "the store said nothing about it";
  return item.error == null ? null : reasonOf(item.error);
};

/** Whether the store was busy or away, so that the item may go through in a moment. */
export const isBusy = ({ status }: Pick<estypes.BulkResponseItem, "status">): boolean => isLater(status);

/**
 * Whether the item may go through later: the store was busy or away, or the index is not to be written to as long as somebody wants
 * it so, or is gone. A request that is wrong, or not allowed, stays so.
 */
export const isRetryable = ({ status, error }: Pick<estypes.BulkResponseItem, "status" | "error">): boolean =>
  isBusy({ status }) || (error != null && isPassing(error.type));

/** Why the item failed; null when it did not, or when the same is there already. */
export const itemError = (what: string, item: estypes.BulkResponseItem | undefined): StoreError | null => {
  const problem = problemOf(item);
  if (problem === null || item?.status === CONFLICT) return null;
  return new StoreError("STORE_WRITE_FAILED", `${what}: ${item?._index ?? ""}/${item?._id ?? ""}: ${problem}`, {
    retryable: item === undefined || isRetryable(item),
  });
};

const CONFLICT = 409;

/** @throws {StoreError} `STORE_WRITE_FAILED` when the item failed. */
export const checkItem = (what: string, item: estypes.BulkResponseItem | undefined): void => {
  const error = itemError(what, item);
  if (error !== null) throw error;
};
