import { isServiceIndex, STATE_INDEX } from "../names.ts";

/** What the service keeps: events, alerts, and what it notes for itself, with what packs keep. */
export const TRANSFER_KINDS = ["events", "alerts", "service"] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];

/** Names that an index of the service may have, and nothing that a server would read as several of them. */
const INDEX_NAME = /^[a-z0-9][a-z0-9._-]{0,200}$/;

/**
 * The kind of an index; null when the service keeps nothing under that name.
 *
 * @param name - Logical.
 * @param packIndices - Names of the indices that packs keep.
 */
export const kindOfIndex = (name: string, packIndices: readonly string[]): TransferKind | null => {
  if (!INDEX_NAME.test(name)) return null;
  if (name.startsWith("events-")) return "events";
  if (name.startsWith("alerts-")) return "alerts";
  const isOfService = name === STATE_INDEX || (isServiceIndex(name) && name.includes("-"));
  return isOfService || packIndices.some((own) => name === own || name.startsWith(`${own}-`)) ? "service" : null;
};

/** Patterns of all names that {@link kindOfIndex} knows. */
export const patternsOf = (packIndices: readonly string[]): readonly string[] => [
  ...["events-*", "alerts-*", "coverage-*", "deliveries-*", "slots-*", "mozdefaudit-*", STATE_INDEX],
  ...packIndices.flatMap((name) => [name, `${name}-*`]),
];

/**
 * In this order indices are carried over: what says how far alerts have come is last, so that a service that is started on a part of it
 * begins anew, rather than taking for looked at what is not there.
 */
const ORDER = ["events-", "alerts-", "coverage-", "deliveries-", "", STATE_INDEX, "slots-"];

const placeOf = (name: string): number => {
  const place = ORDER.findIndex((start) => start !== "" && name.startsWith(start));
  return place < 0 ? ORDER.indexOf("") : place;
};

/** Sorts names of indices into the order in which they are carried over. */
export const inTransferOrder = (names: readonly string[]): readonly string[] =>
  names.toSorted((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
