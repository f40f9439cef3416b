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

/** What stands in the place of a clause: others in the same list, and clauses for another list beside it. */
export interface Replacement {
  readonly here: readonly Clause[];
  readonly elsewhere?: { readonly list: ClauseList; readonly clause: Clause };
}

/**
 * The lists with one clause replaced; null when another clause (or none) stands in that place, as with another configuration, or
 * when a combination would be left without a clause.
 */
export const replaceClause = <Plan extends Lists>(
  plan: Plan,
  { path, clause }: ClausePlace,
  { here, elsewhere }: Replacement,
): Plan | null => {
  const [step, ...rest] = path;
  if (step === undefined) return null;
  const current = plan[step.list][step.index];
  if (current === undefined) return null;
  if (rest.length === 0) {
    if (JSON.stringify(current) !== JSON.stringify(clause)) return null;
    const changed = { ...plan, [step.list]: plan[step.list].toSpliced(step.index, 1, ...here) };
    return elsewhere === undefined
      ? changed
      : { ...changed, [elsewhere.list]: [...changed[elsewhere.list], elsewhere.clause] };
  }
  if (current.kind !== "boolean") return null;
  const inner = replaceClause<BooleanClause>(
    current,
    { path: rest, clause },
    { here, ...(elsewhere && { elsewhere }) },
  );
  if (inner === null || LISTS.every((list) => inner[list].length === 0)) return null;
  return { ...plan, [step.list]: plan[step.list].with(step.index, inner) };
};
