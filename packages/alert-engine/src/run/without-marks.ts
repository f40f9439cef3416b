import type { PlannedSearch } from "@mozdef/alert/runtime";
import type { Clause, SearchQuery } from "@mozdef/query";
import { queryOf } from "@mozdef/query/tools";
import type { Rewrite } from "./plan.ts";

/** Finds also what is marked as alerted: the runs that have marked it are the ones that are rehearsed. */
export const withoutMarks: Rewrite = (searches) =>
  searches.map((planned): PlannedSearch => ({
    ...planned,
    query: unmarked(planned.query, planned.name),
    ...(planned.further !== undefined && { further: planned.further.map((one) => unmarked(one, planned.name)) }),
  }));

const unmarked = ({ plan }: SearchQuery, name: string): SearchQuery =>
  queryOf({ ...plan, mustNot: plan.mustNot.filter((clause) => !isMark(clause, name)) });

const isMark = (clause: Clause, name: string): boolean =>
  clause.kind === "term" && clause.field === "alert_names" && clause.value === name;
