import { hasValues } from "../index/snapshot.ts";
import { bindQueryString, type QueryStringTarget } from "../query-string/expand-query-string.ts";
import { bindSimpleQuery } from "../query-string/expand-simple-query.ts";
import type { DisMaxQuery, Query, QueryKind, QueryStringQuery, SimpleQueryStringQuery } from "../recipe/query.ts";
import { planBool } from "./bool-plan.ts";
import { bestOf } from "./disjunction.ts";
import { planExists } from "./exists-plan.ts";
import { planFuzzy } from "./fuzzy-plan.ts";
import { matchesIndex } from "./index-plan.ts";
import { isKnownEmpty } from "./known-empty.ts";
import { planMatchPhrase } from "./match-phrase-plan.ts";
import { planMatch } from "./match-plan.ts";
import { metadataError } from "./metadata-errors.ts";
import { idsPlan } from "./metadata-plan.ts";
import { planPattern } from "./pattern-plan.ts";
import type { Plan, PlanContext } from "./plan.ts";
import { planRange } from "./range-plan.ts";
import { allPlan, constantPlan, nonePlan } from "./simple-plans.ts";
import { planTerm, planTerms } from "./term-plan.ts";

type PlannerOf<Kind extends QueryKind> = (query: Extract<Query, { kind: Kind }>, context: PlanContext) => Plan;

/**
 * Binds a query to the mapping and snapshot of one index.
 *
 * @throws {ValueError} for a value that its field cannot have, {@link ApiError} for a query that its field cannot answer.
 */
export const planQuery = (query: Query, context: PlanContext): Plan => {
  const ofIndex = matchesIndex(query, context);
  if (ofIndex !== undefined) return ofIndex ? allPlan("boost" in query ? query.boost : 1) : nonePlan;
  checkMetadata(query, context);
  const plan = planners[query.kind] as PlannerOf<QueryKind>;
  return plan(query, context);
};

/** @throws for a field of every document that does not answer this kind of query. */
const checkMetadata = (query: Query, { mapping }: PlanContext): void => {
  if (!("field" in query) || !query.field.startsWith("_") || mapping.field(query.field)) return;
  const error = metadataError(query.kind, query.field);
  if (error && !("lenient" in query && query.lenient)) throw error;
};

/** Each clause is also planned as it is read: of several mistakes in a text, the first one is reported. */
const textTarget = (context: PlanContext): QueryStringTarget => ({
  fields: context.mapping,
  hasValues: (field) => hasValues(context.snapshot, field),
  check: (clause) => void planQuery(clause, context),
});

const planQueryString = (query: QueryStringQuery, context: PlanContext): Plan =>
  planQuery(bindQueryString(query, textTarget(context)), context);

const planSimpleQuery = (query: SimpleQueryStringQuery, context: PlanContext): Plan =>
  planQuery(bindSimpleQuery(query, textTarget(context)), context);

const planDisMax = (query: DisMaxQuery, context: PlanContext): Plan => {
  const { queries, boost } = query;
  // Only for invalid dates in it: those are reported first.
  isKnownEmpty(query, context);
  const plans = queries.map((query) => planQuery(query, context));
  return {
    constantScore: undefined,
    bind: (view) =>
      bestOf(
        plans.map((plan) => plan.bind(view)),
        boost,
      ),
  };
};

const planners: { readonly [Kind in QueryKind]: PlannerOf<Kind> } = {
  match_all: ({ boost }) => allPlan(boost),
  match_none: () => nonePlan,
  bool: (query, context) => planBool(query, context, planQuery),
  constant_score: ({ filter, boost }, context) => constantPlan(planQuery(filter, context), boost),
  dis_max: planDisMax,
  term: planTerm,
  terms: planTerms,
  match: planMatch,
  match_phrase: planMatchPhrase,
  range: planRange,
  exists: planExists,
  wildcard: planPattern,
  prefix: planPattern,
  regexp: planPattern,
  fuzzy: planFuzzy,
  ids: ({ values, boost }, context) => idsPlan(values, context, boost),
  query_string: planQueryString,
  simple_query_string: planSimpleQuery,
};
