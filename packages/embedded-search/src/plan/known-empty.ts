import { spanOf } from "../index/snapshot.ts";
import { isDate } from "../mapping/field.ts";
import type { BoolQuery, ExistsQuery, Query, RangeQuery } from "../recipe/query.ts";
import { millisOf } from "./column-plans.ts";
import { matchesIndex } from "./index-plan.ts";
import { isMetadata, metadataNames } from "./metadata-plan.ts";
import type { PlanContext } from "./plan.ts";
import { dateRange } from "./range-plan.ts";

/**
 * Can the mapping, or the span of all dates, already rule out every match?
 *
 * Elasticsearch checks this before it reads any other value of the request; a `bool` that cannot match therefore
 * never complains about its other clauses.
 *
 * @throws {ApiError} for a date that cannot be read: dates alone are read that early.
 */
export const isKnownEmpty = (query: Query, context: PlanContext): boolean => {
  if (isAlwaysEmpty(query)) return true;
  const ofIndex = matchesIndex(query, context);
  if (ofIndex !== undefined) return !ofIndex;
  switch (query.kind) {
    case "terms":
    case "term":
    case "prefix":
    case "wildcard":
    case "fuzzy":
      return isUnmapped(query.field, context) && metadataNames(query.field).length === 0;
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
      return combinesToNothing(
        query,
        (clause) => isKnownEmpty(clause, context),
        (clause) => matchesIndex(clause, context) ?? isEverything(clause),
      );
    default:
      return false;
  }
};

/** Is the query empty whatever the mapping? This is checked before anything else. */
const isAlwaysEmpty = (query: Query): boolean => {
  switch (query.kind) {
    case "match_none":
      return true;
    case "terms":
    case "ids":
      return query.values.length === 0;
    case "constant_score":
      return isAlwaysEmpty(query.filter);
    case "bool":
      return combinesToNothing(query, isAlwaysEmpty, isEverything);
    default:
      return false;
  }
};

const isUnmapped = (field: string, { mapping }: PlanContext): boolean =>
  !isMetadata(field) && mapping.field(field) === undefined;

const existsNowhere = ({ field }: ExistsQuery, { mapping }: PlanContext): boolean => {
  if (metadataNames(field).length > 0) return false;
  return mapping.matching(field).length === 0 && mapping.matching(`${field}.*`).length === 0;
};

const isOutside = (query: RangeQuery, context: PlanContext): boolean => {
  const field = context.mapping.field(query.field);
  if (field === undefined) return metadataNames(query.field).length === 0;
  if (!isDate(field.type) || query.inText === true) return false;
  const span = spanOf(context.snapshot, field.name);
  if (span === undefined) return true;
  const { least, greatest } = span;
  const range = dateRange(query, field, context);
  const { from, to } = field.nanos ? millisOf(range) : range;
  const within = least >= from && greatest <= to;
  return !within && (greatest < from || least > to);
};

/** A required clause is empty, or all optional ones of which one is required; or everything is excluded. */
const combinesToNothing = (
  { must, mustNot, filter, should }: BoolQuery,
  isEmpty: (query: Query) => boolean,
  isAll: (query: Query) => boolean,
): boolean => {
  // Every clause is checked, even when one decides, because each may have an invalid date.
  const emptyMust = countOf(must, isEmpty);
  let forbidsAll = false;
  for (const clause of mustNot) if (!isEmpty(clause) && isAll(clause)) forbidsAll = true;
  const emptyFilters = countOf(filter, isEmpty);
  const emptyShould = countOf(should, isEmpty);
  const onlyShould = should.length > 0 && must.length + filter.length + mustNot.length === 0;
  return forbidsAll || emptyMust + emptyFilters > 0 || (onlyShould && emptyShould === should.length);
};

const countOf = (clauses: readonly Query[], passes: (query: Query) => boolean): number => {
  let count = 0;
  for (const clause of clauses) if (passes(clause)) count++;
  return count;
};

const isEverything = (query: Query): boolean =>
  query.kind === "match_all" ||
  (query.kind === "bool" && query.must.length + query.filter.length + query.should.length + query.mustNot.length === 0);
