import type { SearchTarget } from "../hits/scope.ts";
import type { SortField } from "../hits/sort.ts";
import { isKnownEmpty } from "../plan/known-empty.ts";
import type { PlanContext } from "../plan/plan.ts";
import type { Query } from "../recipe/query.ts";
import { ApiError } from "../errors/api-error.ts";
import { ValueError } from "../errors/value-error.ts";

/** Does Elasticsearch look for indices that cannot have hits first? It does where a search of several shards is sorted by a field. */
export const looksAhead = (sort: readonly SortField[], targets: readonly SearchTarget[]): boolean => {
  const [primary] = sort;
  if (primary === undefined || primary.field === "_score") return false;
  return targets.reduce((sum, { shards }) => sum + shards, 0) > 1;
};

/** Can nothing in this index match? Then it is not even asked whether it could sort its hits. */
export const isSkipped = (query: Query, context: PlanContext): boolean => {
  try {
    return isKnownEmpty(query, context);
  } catch (error) {
    // The search itself reports it.
    if (error instanceof ApiError || error instanceof ValueError) return false;
    throw error;
  }
};
