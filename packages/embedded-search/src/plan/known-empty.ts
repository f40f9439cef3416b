import { type BoolQuery, type ExistsQuery, type Query, type RangeQuery } from "../recipe/query.ts";
import { isMetadata } from "./metadata-plan.ts";
import { type PlanContext } from "./plan.ts";
import { planRange } from "./range-plan.ts";

/**
 * Does the mapping alone, or the span of all dates, say that nothing can match?
 *
 * Elasticsearch finds this out before it reads any other value of the request; a `bool` that cannot match therefore
 * never complains about its other clauses.
 *
 * @throws {StoreError} for a date that cannot be read: dates alone are read that early.
 */
export function isKnownEmpty(query: Query, context: PlanContext): boolean {
  switch (query.kind) {
    case "match_none":
      return true;
    case "terms":
      return query.values.length === 0 || isUnmapped(query.field, context);
    case "term":
    case "prefix":
    case "wildcard":
    case "fuzzy":
      return isUnmapped(query.field, context);
    case "ids":
      return query.values.length === 0;
    case "exists":
      return existsNowhere(query, context);
    case "range":
      return isOutside(query, context);
    case "constant_score":
      return isKnownEmpty(query.filter, context);
    case "dis_max":
      for (const inner of query.queries) isKnownEmpty(inner, context);
      return false;
    case "bool":
      return isEmptyBool(query, context);
    default:
      return false;
  }
}

const isUnmapped = (field: string, { mapping }: PlanContext): boolean =>
  !isMetadata(field) && mapping.field(field) === undefined;

function existsNowhere({ field }: ExistsQuery, { mapping }: PlanContext): boolean {
  if (isMetadata(field)) return false;
  return mapping.matching(field).length === 0 && mapping.matching(`${field}.*`).length === 0;
}

function isOutside(query: RangeQuery, context: PlanContext): boolean {
  const field = context.mapping.field(query.field);
  if (field === undefined) return !isMetadata(query.field);
  if (field.type !== "date") return false;
  const plan = planRange(query, context);
  return context.snapshot.every((view) => plan.bind(view).cost === 0);
}

/** Every clause is asked, even when one is enough to know, because each may have a date that cannot be read. */
function isEmptyBool({ must, mustNot, filter, should }: BoolQuery, context: PlanContext): boolean {
  const empty = (queries: readonly Query[]): boolean[] => queries.map((clause) => isKnownEmpty(clause, context));
  const inMust = empty(must);
  const inMustNot = empty(mustNot);
  const inFilter = empty(filter);
  const inShould = empty(should);
  const onlyShould = inShould.length > 0 && must.length + filter.length + mustNot.length === 0;
  if (onlyShould && inShould.every(Boolean)) return true;
  const forbidsAll = mustNot.some((clause, index) => inMustNot[index] === false && isEverything(clause));
  return forbidsAll || [...inMust, ...inFilter].includes(true);
}

const isEverything = (query: Query): boolean =>
  query.kind === "match_all" ||
  (query.kind === "bool" && query.must.length + query.filter.length + query.should.length + query.mustNot.length === 0);
