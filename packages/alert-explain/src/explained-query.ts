import type { SearchedSource } from "@mozdef/alert/runtime";
import type { SearchQuery } from "@mozdef/query";
import { queryOf } from "@mozdef/query/tools";

/** One query of a search, which is explained clause by clause. */
export interface ExplainedQuery {
  /** What it is for; empty for the only query of a search. */
  readonly label: string;
  /** As it is asked, with what the runtime adds. */
  readonly query: SearchQuery;
  /** As the alert says it. */
  readonly own: SearchQuery;
  readonly source: SearchedSource;
  /** The fields that make its groups, as the source names them. Default: those of the search. */
  readonly fields?: readonly string[];
}

/** A query over another span of time. */
export const withWindow = (query: SearchQuery, windowMs: number): SearchQuery => queryOf({ ...query.plan, windowMs });
