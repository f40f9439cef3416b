import { isAddress, valuesAt } from "@mozdef/alert";
import type { AlertDocument } from "@mozdef/alert/runtime";
import { addressesIn, textsIn } from "./find-addresses.ts";

/**
 * Addresses of an alert, each once, in the order in which they are found.
 *
 * @param fields - Paths in the alert and in its events; default: anywhere, also inside of longer texts.
 */
export const addressesOf = (alert: AlertDocument, fields: readonly string[] | undefined): readonly string[] => [
  ...new Set(
    fields === undefined ? [...textsIn(alert)].flatMap(addressesIn) : valuesAtFields(alert, fields).filter(isAddress),
  ),
];

/** The values, as texts, that paths have in an alert and in its events, each once. */
export const valuesAtFields = (alert: AlertDocument, fields: readonly string[]): readonly string[] => {
  const documents = [alert, ...alert.events.map(({ documentsource }) => documentsource)];
  return [
    ...new Set(documents.flatMap((document) => fields.flatMap((field) => valuesAt(document, field).map(String)))),
  ];
};

/** The first of many, and what to say of the rest. */
export const firstOf = <T>(
  all: readonly T[],
  most: number,
  what: string,
): { readonly taken: readonly T[]; readonly note: string | null } => ({
  taken: all.slice(0, most),
  note: all.length > most ? `${what}: ${most} of ${all.length}` : null,
});
