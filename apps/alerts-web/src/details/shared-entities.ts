import type { RelatedEntity } from "@mozdef/alert-api";

/** The API takes 50 values of a filter; an address of more than these is no address any more. */
const MOST_VALUES = 20;
const MOST_CHARACTERS = 1_500;

/**
 * What makes other alerts related to one: its addresses, users and hosts. Ports do not, since half of a network has the same, unless they
 * are all that is known.
 */
export const sharedEntities = (entities: readonly RelatedEntity[]): readonly string[] => {
  const telling = entities.filter(({ kind }) => kind !== "port");
  const values = [...new Set((telling.length > 0 ? telling : entities).map(({ value }) => value))];
  let length = 0;
  return values.slice(0, MOST_VALUES).filter((value) => {
    length += value.length;
    return length <= MOST_CHARACTERS;
  });
};
