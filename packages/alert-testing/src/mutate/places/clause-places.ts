import type { BooleanClause, Clause, QueryPlan } from "@mozdef/query";

/** A list of clauses inside a query or a combination. */
export type ClauseList = "must" | "mustNot" | "should";

/** Where a clause stands: the lists to go through from the query down, and the position in each. */
export type ClausePath = readonly { readonly list: ClauseList; readonly index: number }[];

/** A clause and its place. */
export interface ClausePlace {
  readonly path: ClausePath;
  readonly clause: Clause;
}

const LISTS: readonly ClauseList[] = ["must", "mustNot", "should"];

type Lists = Pick<QueryPlan, ClauseList>;

/** Every clause of a query, those inside combinations after the combination itself. */
export const clausePlaces = (plan: Lists, above: ClausePath = []): readonly ClausePlace[] =>
  LISTS.flatMap((list) =>
    plan[list].flatMap((clause, index): readonly ClausePlace[] => {
      const path = [...above, { list, index }];
      return [{ path, clause }, ...(clause.kind === "boolean" ? clausePlaces(clause, path) : [])];
    }),
  );

/** What replaces a clause: others in the same list, and clauses for another list beside it. */
export interface Replacement {
  readonly here: readonly Clause[];
  readonly elsewhere?: { readonly list: ClauseList; readonly clause: Clause };
}

/**
 * The lists with one clause replaced; null when another kind of clause (or none) stands in that place, as with another
 * configuration, when it cannot be replaced, or when a combination would be left without a clause.
 */
export const replaceClause = <Plan extends Lists>(
  plan: Plan,
  { path, clause }: ClausePlace,
  replace: (current: Clause) => Replacement | null,
): Plan | null => {
  const [step, ...rest] = path;
  const current = step && plan[step.list][step.index];
  if (step === undefined || current === undefined) return null;
  if (rest.length > 0) {
    if (current.kind !== "boolean") return null;
    const inner = replaceClause<BooleanClause>(current, { path: rest, clause }, replace);
    if (inner === null || LISTS.every((list) => inner[list].length === 0)) return null;
    return { ...plan, [step.list]: plan[step.list].with(step.index, inner) };
  }
  const replacement = isSamePlace(current, clause) ? replace(current) : null;
  if (replacement === null) return null;
  const { here, elsewhere } = replacement;
  const changed = { ...plan, [step.list]: plan[step.list].toSpliced(step.index, 1, ...here) };
  return elsewhere === undefined
    ? changed
    : { ...changed, [elsewhere.list]: [...changed[elsewhere.list], elsewhere.clause] };
};

/** The same kind of clause on the same field comes from the same place of code, whatever the configured values are. */
const isSamePlace = (one: Clause, two: Clause): boolean => one.kind === two.kind && fieldOf(one) === fieldOf(two);

/** The field of a clause; empty for those without one. */
export const fieldOf = (clause: Clause): string => ("field" in clause ? clause.field : "");
