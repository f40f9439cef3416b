import { isoUtc } from "@mozdef/alert";

/** A term that events are watched for, as the index `watchlist` has it; `AlertWatchList` reads the same documents. */
export interface WatchItem {
  readonly _id: string;
  /** The term; it is looked for in every field of an event. */
  readonly watchcontent: string;
  /** ISO 8601; empty when whoever wrote the document did not say. */
  readonly dateAdded: string;
  /** ISO 8601; null: for ever. */
  readonly dateExpiring: string | null;
  readonly comment: string;
  readonly creator: string;
  readonly reference: string;
}

/** A document as an item; null when it has no term. Others may have written it, so nothing is taken for granted. */
export const watchItemOf = (id: string, source: Readonly<Record<string, unknown>>): WatchItem | null => {
  const { watchcontent, dateAdded, dateExpiring, comment, creator, reference } = source;
  if (typeof watchcontent !== "string" || watchcontent.trim() === "") return null;
  return {
    _id: id,
    watchcontent,
    dateAdded: timeOf(dateAdded) ?? "",
    dateExpiring: timeOf(dateExpiring),
    comment: textOf(comment),
    creator: textOf(creator),
    reference: textOf(reference),
  };
};

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const timeOf = (value: unknown): string | null => {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? null : isoUtc(time);
};

/** Whether the item was no longer watched for at a time. */
export const hasExpired = ({ dateExpiring }: WatchItem, at: Date): boolean =>
  dateExpiring !== null && Date.parse(dateExpiring) <= at.getTime();

/** Newest first; those without a time come last. */
export const newestFirst = (a: WatchItem, b: WatchItem): number => addedAt(b) - addedAt(a);

const addedAt = ({ dateAdded }: WatchItem): number => (dateAdded === "" ? 0 : Date.parse(dateAdded));
