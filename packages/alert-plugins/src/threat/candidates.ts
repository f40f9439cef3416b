import type { AlertDocument } from "@mozdef/alert/runtime";
import { valuesAtFields } from "../values/addresses-of.ts";
import { addressesIn, textsIn } from "../values/find-addresses.ts";
import type { Indicator, Indicators } from "./indicators.ts";

/** Something in an alert that a list may have. */
export interface Candidate {
  readonly value: string;
  readonly find: (indicators: Indicators) => Indicator | null;
}

/** What addresses, domains and hashes of an alert are looked up; more are counted. */
const MOST = 20_000;

/** Of a text, as many characters are looked at, as for addresses. */
const LONGEST_TEXT = 100_000;

const BETWEEN_WORDS = /[^\w.\-\u0080-\uFFFF]+/;

/**
 * Addresses, domains and hashes in an alert, each once.
 *
 * @param fields - Paths in the alert and in its events; default: anywhere.
 */
export const candidatesIn = (alert: AlertDocument, fields: readonly string[] | undefined) => {
  const found = new Map<string, Candidate>();
  let more = 0;
  const take = (value: string, find: Candidate["find"]): void => {
    if (found.has(value)) return;
    if (found.size < MOST) found.set(value, { value, find });
    else more += 1;
  };
  for (const text of fields === undefined ? textsIn(alert) : valuesAtFields(alert, fields)) {
    for (const address of addressesIn(text)) take(address, (indicators) => indicators.findAddress(address));
    for (const word of wordsIn(text))
      if (word.includes(".")) take(word, (indicators) => indicators.findDomain(word));
      else if (word.length >= 32) take(word, (indicators) => indicators.findHash(word));
  }
  return { candidates: [...found.values()], more };
};

const wordsIn = (text: string): readonly string[] =>
  text
    .slice(0, LONGEST_TEXT)
    .split(BETWEEN_WORDS)
    .map((word) => word.replace(/^[.-]+/, ""))
    .filter((word) => word !== "" && word.length <= 254);
