import type { SegmentView } from "../index/snapshot.ts";
import type { BoolQuery } from "../recipe/query.ts";
import { conjunction } from "./conjunction.ts";
import { atLeast } from "./disjunction.ts";
import { isKnownEmpty } from "./known-empty.ts";
import { everything, type Matcher, nothing } from "./matcher.ts";
import { minimumShouldMatch } from "./minimum-should-match.ts";
import { greatestSum, mayMatch, type Plan, type PlanContext, type Planner } from "./plan.ts";
import { allPlan, nonePlan } from "./simple-plans.ts";

interface BoolPlans {
  readonly must: readonly Plan[];
  readonly filter: readonly Plan[];
  readonly should: readonly Plan[];
  readonly mustNot: readonly Plan[];
  readonly needed: number;
  readonly boost: number;
}

export const planBool = (query: BoolQuery, context: PlanContext, plan: Planner): Plan => {
  if (isKnownEmpty(query, context)) return nonePlan;
  const plans = (queries: BoolQuery["must"]): readonly Plan[] => queries.map((clause) => plan(clause, context));
  const needed = neededOf(query);
  const parts: BoolPlans = {
    // In the order in which Elasticsearch meets invalid values.
    must: plans(query.must),
    mustNot: plans(query.mustNot),
    should: plans(query.should),
    filter: plans(query.filter),
    needed,
    boost: query.boost,
  };
  if (parts.must.length + parts.filter.length + parts.should.length + parts.mustNot.length === 0)
    return allPlan(query.boost);
  if (needed > parts.should.length) return nonePlan;
  const greatest = greatestSum([...parts.must, ...parts.should]);
  return {
    constantScore: constantScoreOf(parts),
    greatestScore: greatest === undefined ? undefined : greatest * query.boost,
    mayMatch: (view) => boolMayMatch(parts, view),
    bind: (view) => bindBool(parts, view),
  };
};

const neededOf = ({ must, filter, should, minimumShouldMatch: asked }: BoolQuery): number => {
  // A query that only excludes is rebuilt over all documents and loses the number.
  if (must.length + filter.length + should.length === 0) return 0;
  if (asked !== undefined) {
    const needed = minimumShouldMatch(asked, should.length);
    return should.length > 0 && must.length + filter.length === 0 ? Math.max(1, needed) : needed;
  }
  return should.length > 0 && must.length + filter.length === 0 ? 1 : 0;
};

/** Known in advance when the same clauses match in every match. */
const constantScoreOf = ({ must, should, needed, boost }: BoolPlans): number | undefined => {
  const sure = should.length === needed ? [...must, ...should] : should.length === 0 ? must : undefined;
  if (sure === undefined) return undefined;
  let sum = 0;
  for (const { constantScore } of sure) {
    if (constantScore === undefined) return undefined;
    sum += constantScore;
  }
  return sum * boost;
};

/** A time window usually excludes most segments, whichever clause it is. */
const boolMayMatch = ({ must, filter, should, needed }: BoolPlans, view: SegmentView): boolean => {
  for (const plan of filter) if (!mayMatch(plan, view)) return false;
  for (const plan of must) if (!mayMatch(plan, view)) return false;
  let left = needed;
  for (const plan of should) {
    if (left <= 0) break;
    if (mayMatch(plan, view)) left--;
  }
  return left <= 0;
};

const bindBool = (plans: BoolPlans, view: SegmentView): Matcher => {
  const must: Matcher[] = [];
  const required: Matcher[] = [];
  // A time window usually excludes whole segments, and then nothing else needs to be bound.
  if (!bindAll(plans.filter, view, required) || !bindAll(plans.must, view, must)) return nothing;
  const should = plans.should.map((source) => source.bind(view));
  required.push(...must);
  if (plans.needed > 0) {
    const enough = atLeast(should, plans.needed);
    if (enough.cost === 0) return nothing;
    required.push(enough);
  }
  if (required.length === 0) required.push(everything(view.visible, 0));
  const forbidden = plans.mustNot.map((source) => source.bind(view));
  const score = (document: number): number => plans.boost * scoreOf(must, should, document);
  return conjunction({ required, forbidden, score });
};

/** @returns false as soon as one matches nothing. */
const bindAll = (plans: readonly Plan[], view: SegmentView, bound: Matcher[]): boolean => {
  for (const plan of plans) {
    const matcher = plan.bind(view);
    if (matcher.cost === 0) return false;
    bound.push(matcher);
  }
  return true;
};

const scoreOf = (must: readonly Matcher[], should: readonly Matcher[], document: number): number => {
  let sum = 0;
  for (const matcher of must) sum += matcher.score(document);
  for (const matcher of should) if (matcher.matches(document)) sum += matcher.score(document);
  return sum;
};
