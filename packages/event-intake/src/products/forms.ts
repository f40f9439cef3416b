import type { JsonObject } from "../event/json.ts";
import { readAddress } from "../values/read-address.ts";

/** A message that a program writes, and the fields in it in the order of the groups of its pattern. */
export type Form = readonly [pattern: RegExp, ...names: readonly string[]];

/** Names of the fields of a {@link Form}. */
export const namesOf = (names: string): readonly string[] => names.split(" ");

/** Longest message that is compared with forms; the programs that are read so write shorter ones. */
const LONGEST = 2_048;

/** The fields of the first form that the text has; undefined when it has none of them. What is empty is left out. */
export const readForms = (forms: readonly Form[], text: string): JsonObject | undefined => {
  if (text.length > LONGEST) return undefined;
  for (const form of forms) {
    const found = form[0].exec(text);
    if (found !== null) return fieldsOf(form, found);
  }
  return undefined;
};

const fieldsOf = ([, ...names]: Form, found: RegExpExecArray): JsonObject => {
  const fields = names.map((name, index) => [name, valueOf(name, found[index + 1])] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
};

/** A name in place of an address becomes `details.source`, see `finishEvent`. */
const valueOf = (name: string, value: string | undefined): string | undefined => {
  if (value === undefined || value === "") return undefined;
  return name === "sourceipaddress" ? (readAddress(value)?.address ?? value) : value;
};
