import type { Explanation } from "@mozdef/alert-api";

type Search = Explanation["searches"][number];
type Clause = Search["queries"][number]["clauses"][number];

/** What the clauses say of an event that an alert was made of, in a sentence. */
export const verdictOf = ({ queries }: Pick<Search, "queries">): string => {
  const failing = queries.map(({ clauses }) => clauses.filter(isFailing));
  // The events of a sequence are found by one of several queries.
  const nearest = failing.toSorted((a, b) => withoutMark(a).length - withoutMark(b).length)[0] ?? [];
  const rest = withoutMark(nearest);
  if (rest.length > 0)
    return `The event does not fit ${rest.length === 1 ? "one clause" : `${rest.length} clauses`} any more: the event, the rule or its exceptions have changed since.`;
  return nearest.length === 0
    ? "The event fits every clause."
    : "The event fits every clause of the rule. What keeps it out now is that the rule has alerted on it: it does so once.";
};

const isFailing = ({ depth, passes }: Clause): boolean => depth === 0 && passes === 0;

/** Without the clause that leaves out what has alerted before, which is added to every search. */
const withoutMark = (clauses: readonly Clause[]): readonly Clause[] =>
  clauses.filter(({ part, text }) => part !== "runtime" || !text.includes("alert_names"));
