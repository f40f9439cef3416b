import type { Search } from "@mozdef/alert";
import { kindOf } from "@mozdef/alert/runtime";
import type { Clause, TermsClause } from "@mozdef/query";
import { describeClause } from "@mozdef/query/tools";
import { type ClausePlace, clausePlaces, fieldOf, type Replacement, replaceClause } from "./places/clause-places.ts";
import { eventText, fitOf, misfitOf } from "./example-event.ts";
import { changeQuery, labelOfQuery, queryAt, queryPlaces } from "./places/query-places.ts";
import { isSamePlace, LOOKUP } from "./search-places.ts";
import { caseOf, describeIn, listFor, type Mutant, type SearchPlace } from "./mutant/mutant.ts";

/** Drops and negates each clause, drops each value of a list, and takes case into account where a clause does not. */
export const clauseMutants = (at: SearchPlace): readonly Mutant[] =>
  queryPlaces(at.search).flatMap((index) => {
    const asked = { ...at, index };
    return clausePlaces(queryAt(at.search, index)?.plan ?? NO_CLAUSES).flatMap((place) => [
      ...(isAddedAnyway(asked, place) ? [] : [dropped(asked, place)]),
      ...negated(asked, place),
      ...(place.clause.kind === "terms" ? shortened(asked, place, place.clause) : []),
      ...("ignoreCase" in place.clause ? [caseKept(asked, place, place.clause)] : []),
    ]);
  });

const NO_CLAUSES = { must: [], mustNot: [], should: [] };

/** One query of a search. */
interface QueryPlace extends SearchPlace {
  readonly index: number;
}

/** What the runtime adds to every search is still there when the alert does not say it. */
const isAddedAnyway = ({ search, index }: QueryPlace, { path, clause }: ClausePlace): boolean => {
  const list = path.length === 1 ? path[0]?.list : undefined;
  if (clause.kind === "exists")
    return list === "must" && groupFields(search, index).some((field) => field === clause.field);
  return clause.kind === "term" && clause.field === "alert_names" && list === "mustNot";
};

const groupFields = (search: Search, index: number): readonly string[] =>
  (search.kind === "sequence" ? search.places[index]?.by : null) ?? kindOf(search).groupedBy(search);

/** @param operation - Tells mutants of one clause apart. */
const mutant = (
  at: QueryPlace,
  place: ClausePlace,
  operation: string,
  rest: Pick<Mutant, "description" | "suggestion"> & { readonly replace: (current: Clause) => Replacement | null },
): Mutant => ({
  key: JSON.stringify([at.position, at.index, operation, place.path, place.clause.kind, fieldOf(place.clause)]),
  description: describeIn(at, `${labelOfQuery(at.search, at.index)}${rest.description}`),
  suggestion: rest.suggestion,
  changeSearch: (search, position) => {
    if (!isSamePlace(at, search, position) || (position === LOOKUP && at.index > 0)) return null;
    return changeQuery(search, at.index, place.path, (plan) => replaceClause(plan, place, rest.replace));
  },
});

const dropped = (at: QueryPlace, place: ClausePlace): Mutant =>
  mutant(at, place, "drop", {
    description: `drop ${labelOf(place)}`,
    suggestion: suggestionFor(at, place),
    replace: () => ({ here: [] }),
  });

const negated = (at: QueryPlace, place: ClausePlace): readonly Mutant[] => {
  const list = place.path.at(-1)?.list;
  if (list !== "must" && list !== "mustNot") return [];
  const other = list === "must" ? "mustNot" : "must";
  return [
    mutant(at, place, "negate", {
      description: `negate ${labelOf(place)}`,
      suggestion: suggestionFor(at, place),
      replace: (current) => ({ here: [], elsewhere: { list: other, clause: current } }),
    }),
  ];
};

const shortened = (at: QueryPlace, place: ClausePlace, clause: TermsClause): readonly Mutant[] =>
  clause.values.length < 2
    ? []
    : clause.values.map((value, index) =>
        mutant(at, place, `drop value ${index}`, {
          description: `drop the value ${JSON.stringify(value)} of ${labelOf(place)}`,
          suggestion: valueSuggestion(at, place, clause, value),
          replace: (current) => withoutValue(current, index),
        }),
      );

const withoutValue = (clause: Clause, index: number): Replacement | null =>
  clause.kind === "terms" && clause.values.length > 1 && index < clause.values.length
    ? { here: [{ ...clause, values: clause.values.toSpliced(index, 1) }] }
    : null;

/** A clause that can ignore case, and does. */
type CaselessClause = Extract<Clause, { ignoreCase?: true }>;

const caseKept = (at: QueryPlace, place: ClausePlace, clause: CaselessClause): Mutant => {
  const list = listFor(at, isNegated(place.path) ? "more" : "fewer", at.index);
  return mutant(at, place, "keep case", {
    description: `take case into account in ${labelOf(place)}`,
    suggestion: `No ${caseOf(list)} has ${clause.field} in other upper and lower case than ${describeClause(clause)} is written. Add one to "${list}".`,
    replace: (current) => {
      if (!("ignoreCase" in current)) return null;
      const kept = Object.entries(current).filter(([key]) => key !== "ignoreCase");
      return { here: [Object.fromEntries(kept) as unknown as Clause] };
    },
  });
};

/**
 * Without a `must` or `mustNot` more events fit, without one of several alternatives fewer do; inside a `mustNot` it is the other
 * way round. The event that shows it is one that this clause alone decides on.
 */
const suggestionFor = (at: QueryPlace, { clause, path }: ClausePlace): string => {
  const list = path.at(-1)?.list;
  const findsMore = isNegated(path.slice(0, -1)) !== (list !== "should");
  const cases = listFor(at, findsMore ? "more" : "fewer", at.index);
  const event = list === "must" ? misfitOf(clause) : fitOf(clause);
  const others = list === "should" ? " that fit no other alternative" : "";
  const subject = list === "must" ? subjectOf(clause) : `events that only ${describeClause(clause)} decides about`;
  return `No ${caseOf(cases)} has ${subject}. Add one to "${cases}" with ${event}${others}, and all else as in the firing cases.`;
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

const valueSuggestion = (at: QueryPlace, { path }: ClausePlace, { field }: TermsClause, value: unknown): string => {
  const cases = listFor(at, isNegated(path) ? "more" : "fewer", at.index);
  const event = eventText(field, JSON.stringify(value));
  return `No ${caseOf(cases)} has ${field} ${JSON.stringify(value)} and none of the other values. Add one to "${cases}" with ${event}.`;
};

/** `must TermMatch(...)`; with the lists above it when it is inside a combination. */
const labelOf = ({ path, clause }: ClausePlace): string => {
  const lists = path.map(({ list, index }, depth) => (depth === path.length - 1 ? list : `${list}[${index}]`));
  return `${lists.join(".")} ${describeClause(clause)}`;
};
