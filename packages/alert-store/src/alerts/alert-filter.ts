import type { QueryContainer } from "@mozdef/query";

/** Which alerts to list. Everything given has to fit. */
export interface AlertFilter {
  readonly severity?: readonly string[];
  readonly category?: readonly string[];
  readonly status?: readonly string[];
  readonly classname?: readonly string[];
  /** Words that all have to be in the summary. */
  readonly text?: string;
  readonly since?: Date;
  readonly until?: Date;
}

/** The filter as a query. */
export const alertQuery = (filter: AlertFilter): QueryContainer => {
  const filters: QueryContainer[] = [];
  for (const field of ["severity", "category", "status", "classname"] as const) {
    const values = filter[field];
    if (values !== undefined && values.length > 0) filters.push({ terms: { [field]: [...values] } });
  }
  if (filter.text !== undefined && filter.text.trim() !== "")
    filters.push({ match: { summary: { query: filter.text, operator: "and" } } });
  if (filter.since !== undefined || filter.until !== undefined)
    filters.push({
      range: {
        utctimestamp: {
          ...(filter.since !== undefined && { gte: filter.since.toISOString() }),
          ...(filter.until !== undefined && { lte: filter.until.toISOString() }),
        },
      },
    });
  return filters.length === 0 ? { match_all: {} } : { bool: { filter: filters } };
};
