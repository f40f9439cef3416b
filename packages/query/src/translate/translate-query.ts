import { describeClause } from "../clause-kinds.ts";
import { ExistsMatch } from "../match.ts";
import type { FieldName } from "../fields/event-fields.ts";
import type { EventSchema } from "../fields/event-schema.ts";
import { QueryError } from "../query-error.ts";
import { queryOf, type QueryPlan, type SearchQuery } from "../search-query.ts";
import { translateBoolean, translateClause } from "./translate-clause.ts";

/**
 * A query over MozDef's names as a query over those of events of another shape. Clauses that hold for every event of the source
 * are left out.
 *
 * @throws {QueryError} `QUERY_FIELD_UNNAMED` when nothing stands for a field, `QUERY_NEVER_MATCHES` when no event of the source can
 * match.
 */
export const translateQuery = (query: SearchQuery, schema: EventSchema): SearchQuery => {
  const { plan } = query;
  const translated = translateBoolean(plan, schema);
  if (translated === false) throw neverMatches(plan, schema);
  const clauses =
    translated === true ? { must: [ExistsMatch(schema.time[0] as FieldName)], mustNot: [], should: [] } : translated;
  return queryOf({
    windowMs: plan.windowMs,
    must: clauses.must,
    mustNot: clauses.mustNot,
    should: clauses.should,
  });
};

const neverMatches = ({ must, mustNot, should }: QueryPlan, schema: EventSchema): QueryError => {
  const culprits = [
    ...must.filter((clause) => translateClause(clause, schema) === false).map(describeClause),
    ...mustNot
      .filter((clause) => translateClause(clause, schema) === true)
      .map((clause) => `not ${describeClause(clause)}`),
  ];
  const received = culprits.length > 0 ? culprits : should.map(describeClause);
  return new QueryError(
    "QUERY_NEVER_MATCHES",
    `No event of this source can match, whatever it holds. Expected: the value asked for, among the "names" of the source, such as names: { category: { value: "proxy" } } when all its events are of that category. Received: ${received.join(", ")}.`,
  );
};
