import type { SearchedSource } from "@mozdef/alert/runtime";
import type { QueryContainer } from "@mozdef/query";

/** Which events people look at. Everything given has to fit. */
export interface EventFilter {
  /** Lucene query string syntax, as of `QueryStringMatch`: what is found here, an alert with that query finds. */
  readonly text?: string;
  /** By the time of the event. */
  readonly since?: Date;
  readonly until?: Date;
  readonly id?: readonly string[];
}

/** The field by which events are ordered. */
export const timeOf = ({ schema }: Pick<SearchedSource, "schema">): string => schema.time[0];

/** The filter as a query over a source. */
export const eventQuery = (source: Pick<SearchedSource, "schema">, filter: EventFilter): QueryContainer => {
  const { text = "", since, until, id = [] } = filter;
  const filters: QueryContainer[] = [];
  // A value that a field cannot have matches nothing there, instead of failing the words that other fields have.
  if (text.trim() !== "") filters.push({ query_string: { query: text, lenient: true } });
  if (id.length > 0) filters.push({ ids: { values: [...id] } });
  if (since !== undefined || until !== undefined)
    filters.push({
      range: {
        [timeOf(source)]: {
          ...(since !== undefined && { gte: since.toISOString() }),
          ...(until !== undefined && { lte: until.toISOString() }),
        },
      },
    });
  return filters.length === 0 ? { match_all: {} } : { bool: { filter: filters } };
};
