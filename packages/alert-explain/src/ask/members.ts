import type { QueryContainer } from "@mozdef/query";
import { EVERYTHING } from "./ask-clauses.ts";

/** What the events of a group have in common: the value of each field as text, in the order of the fields. */
export type Keys = readonly string[];

/** The events of one group. */
const membersOf = (fields: readonly string[], keys: Keys): QueryContainer => ({
  bool: { filter: fields.map((field, index) => ({ term: { [field]: { value: keys[index] ?? "" } } })) },
});

/** The events of any of these groups. */
export const membersOfAny = (fields: readonly string[], groups: readonly Keys[]): QueryContainer => {
  if (fields.length === 0) return EVERYTHING;
  // A combination without clauses would find everything.
  if (groups.length === 0) return { bool: { must_not: [EVERYTHING] } };
  return { bool: { should: groups.map((keys) => membersOf(fields, keys)), minimum_should_match: 1 } };
};

/** How the values of a group are shown. */
export const valueOf = (keys: Keys): string => keys.join("|");

/** The groups that are shown like this: values may have a `|` of their own. */
export const keysShownAs = (value: string, fields: number): readonly Keys[] => {
  const parts = value.split("|");
  if (fields <= 1) return [[value]];
  return parts
    .slice(0, parts.length - fields + 1)
    .flatMap((_, end) =>
      keysShownAs(parts.slice(end + 1).join("|"), fields - 1).map((rest) => [
        parts.slice(0, end + 1).join("|"),
        ...rest,
      ]),
    );
};
