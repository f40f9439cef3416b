import type { Search } from "@mozdef/alert";
import { type Clause, describeClause, queryOf, type TermsClause } from "@mozdef/query";
import { type ClausePlace, clausePlaces, type Replacement, replaceClause } from "./clause-places.ts";
import { eventText, fitOf, misfitOf } from "./example-event.ts";
import type { Mutant } from "./mutant.ts";

/** Drops and negates each clause, and drops each value of a list. */
export const clauseMutants = (search: Search): readonly Mutant[] =>
  clausePlaces(search.query.plan).flatMap((place) => [
    dropped(place),
    ...negated(place),
    ...(place.clause.kind === "terms" ? shortened(place, place.clause) : []),
  ]);

const changing = (place: ClausePlace, replacement: Replacement): NonNullable<Mutant["changeSearch"]> => {
  return (search) => {
    const plan = replaceClause(search.query.plan, place, replacement);
    return plan === null ? null : { ...search, query: queryOf(plan) };
  };
};

const dropped = (place: ClausePlace): Mutant => ({
  description: `drop ${labelOf(place)}`,
  suggestion: suggestionFor(place),
  changeSearch: changing(place, { here: [] }),
});

/**
 * Without a `must` or `mustNot`, more events fit: a silent case is missing. Without one of several alternatives, fewer do: a
 * firing case is. Inside a `mustNot` it is the other way round. The event that tells is one that only this clause decides about.
 */
const suggestionFor = ({ clause, path }: ClausePlace): string => {
  const list = path.at(-1)?.list;
  const event = list === "must" ? misfitOf(clause) : fitOf(clause);
  if (isNegated(path.slice(0, -1)) === (list !== "should"))
    return `No firing case depends on ${describeClause(clause)}. Add one to "fires" whose events have ${event}, and fit no other alternative.`;
  const subject = list === "must" ? subjectOf(clause) : `events that are silent only for ${describeClause(clause)}`;
  return `No silent case has ${subject}. Add one to "silent": events as in "fires", but with ${event}.`;
};

const isNegated = (path: ClausePlace["path"]): boolean =>
  path.filter(({ list }) => list === "mustNot").length % 2 === 1;

const subjectOf = (clause: Clause): string => {
  switch (clause.kind) {
    case "exists":
      return `events without ${clause.field}`;
    case "term":
    case "phrase":
      return `${clause.field} other than ${JSON.stringify(clause.value)}`;
    case "terms":
      return `${clause.field} other than ${clause.values.map((value) => JSON.stringify(value)).join(", ")}`;
    default:
      return `events that only ${describeClause(clause)} keeps out`;
  }
};

const negated = (place: ClausePlace): readonly Mutant[] => {
  const list = place.path.at(-1)?.list;
  if (list !== "must" && list !== "mustNot") return [];
  const other = list === "must" ? "mustNot" : "must";
  return [
    {
      description: `negate ${labelOf(place)}`,
      suggestion: suggestionFor(place),
      changeSearch: changing(place, { here: [], elsewhere: { list: other, clause: place.clause } }),
    },
  ];
};

const shortened = (place: ClausePlace, clause: TermsClause): readonly Mutant[] =>
  clause.values.length < 2
    ? []
    : clause.values.map((value, index) => ({
        description: `drop the value ${JSON.stringify(value)} of ${labelOf(place)}`,
        suggestion: valueSuggestion(place, clause, value),
        changeSearch: changing(place, { here: [{ ...clause, values: clause.values.toSpliced(index, 1) }] }),
      }));

const valueSuggestion = ({ path }: ClausePlace, { field }: TermsClause, value: unknown): string => {
  const event = eventText(field, JSON.stringify(value));
  return isNegated(path)
    ? `No silent case has ${field} ${JSON.stringify(value)}. Add one to "silent": events as in "fires", but with ${event}.`
    : `No firing case has ${field} ${JSON.stringify(value)}. Add one to "fires" with ${event} and none of the other values.`;
};

/** `must TermMatch(...)`; the lists on the way when it is inside a combination. */
const labelOf = ({ path, clause }: ClausePlace): string =>
  `${path.map(({ list, index }, depth) => (depth === path.length - 1 ? list : `${list}[${index}]`)).join(".")} ${describeClause(clause)}`;
