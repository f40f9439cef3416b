import type { Clause, QueryPlan } from "@mozdef/query";
import { fieldOf } from "./clause-places.ts";

/** Whether a query was made of another one by adding clauses. */
export const isBaseOf = (base: QueryPlan, whole: QueryPlan): boolean =>
  (base.windowMs === null) === (whole.windowMs === null) &&
  (["must", "mustNot", "should"] as const).every((list) =>
    base[list].every((clause, index) => {
      const other = whole[list][index];
      return other !== undefined && JSON.stringify(formOfClause(clause)) === JSON.stringify(formOfClause(other));
    }),
  );

/** Everything about the clauses of a query except their values. */
export const formOfLists = ({ must, mustNot, should }: Pick<QueryPlan, "must" | "mustNot" | "should">): unknown =>
  [must, mustNot, should].map((list) => list.map(formOfClause));

const formOfClause = (clause: Clause): unknown => [
  clause.kind,
  fieldOf(clause),
  clause.kind === "boolean" ? formOfLists(clause) : null,
];
