import type { estypes } from "@elastic/elasticsearch";
import type { QueryContainer } from "@mozdef/query";
import { StoreError } from "../store-error.ts";

/** Which alerts come first. */
export type AlertOrder = "newest" | "oldest";

/** Where a list of alerts goes on: after an alert, by what the list is sorted by. */
export interface AlertPosition {
  readonly order: AlertOrder;
  /** In milliseconds since 1970. */
  readonly time: number;
  /** Null: alerts of older systems have none that could be sorted by. */
  readonly id: string | null;
  /** How many of that time and without an id have been listed. */
  readonly given: number;
}

/**
 * Alerts of one slot have the same time, and the store would order them by their last change: an alert would jump in the list, and
 * from page to page, when it is acknowledged.
 */
const TIE: estypes.SortCombinations = { "entities.id": { order: "asc", missing: "_last", unmapped_type: "keyword" } };

const byTime = (order: "asc" | "desc"): estypes.SortCombinations => ({
  utctimestamp: { order, unmapped_type: "date" },
});

/** How each order is asked for. */
export const ORDERS: Readonly<Record<AlertOrder, estypes.Sort>> = {
  newest: [byTime("desc"), TIE],
  oldest: [byTime("asc"), TIE],
};

/** The part of a search that makes it go on at a position, next to the filter of the list. */
export const goingOn = (
  query: QueryContainer,
  position: AlertPosition | undefined,
): { readonly query: QueryContainer; readonly search_after?: estypes.SortResults; readonly from?: number } => {
  if (position === undefined) return { query };
  const { order, time, id, given } = position;
  if (id !== null) return { query, search_after: [time, id] };
  // What cannot be told apart is counted: it comes first among what is left.
  const at = (bound: object) => ({ range: { utctimestamp: { ...bound, format: "epoch_millis" } } });
  const rest = at(order === "newest" ? { lte: time } : { gte: time });
  const before = { bool: { filter: [at({ gte: time, lte: time }), { exists: { field: "entities.id" } }] } };
  return { query: { bool: { filter: [query, rest], must_not: [before] } }, from: given };
};

/** Where the next page begins; undefined when this one is the last. */
export const positionAfter = (
  hits: readonly estypes.SearchHit[],
  {
    order,
    size,
    position,
  }: { readonly order: AlertOrder; readonly size: number; readonly position?: AlertPosition | undefined },
): AlertPosition | undefined => {
  const [time, id = null] = hits.at(-1)?.sort ?? [];
  if (size === 0 || hits.length < size || typeof time !== "number") return undefined;
  if (typeof id === "string") return { order, time, id, given: 0 };
  const given = hits.filter(({ sort }) => sort?.[0] === time && sort[1] === null).length;
  const before = position?.id === null && position.time === time ? position.given : 0;
  return { order, time, id: null, given: before + given };
};

/** A position as callers get it: they give it back as it is. */
export const textOfPosition = ({ order, time, id, given }: AlertPosition): string =>
  Buffer.from(JSON.stringify([order, time, id, given])).toString("base64url");

/** @throws {StoreError} `STORE_CHANGE_INVALID` for what is no position, or one in another order. */
export const readPosition = (text: string, order: AlertOrder): AlertPosition => {
  const parsed = parsedOf(text);
  const [of, time, id, given] = Array.isArray(parsed) ? (parsed as readonly unknown[]) : [];
  const isPosition = of === order && isCount(time) && isCount(given) && (id === null || typeof id === "string");
  if (isPosition) return { order, time: time as number, id, given: given as number };
  throw new StoreError(
    "STORE_CHANGE_INVALID",
    `The place in the list of alerts is wrong: expected "next" of an earlier page of the same order. Received: ${JSON.stringify(text.slice(0, 100))}.`,
  );
};

const isCount = (value: unknown): boolean => Number.isSafeInteger(value);

const parsedOf = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return null;
  }
};
