import { standardTerms } from "../analysis/standard-tokenizer.ts";
import { ValueError } from "../errors/value-error.ts";
import type { LeafField } from "../mapping/field.ts";
import type { MatchQuery } from "../recipe/query.ts";
import { javaText } from "../values/java-number.ts";
import { termPlan } from "./column-plans.ts";
import { conjunction } from "./conjunction.ts";
import { atLeast, disjunction } from "./disjunction.ts";
import { checkFuzzy, fuzzyPlan } from "./fuzzy-plan.ts";
import { idsPlan, isMetadata } from "./metadata-plan.ts";
import { minimumShouldMatch } from "./minimum-should-match.ts";
import { greatestSum, mayMatch, type Plan, type PlanContext } from "./plan.ts";
import { allPlan, nonePlan } from "./simple-plans.ts";
import { checkSearchable, termOf, valuePlan } from "./value-plan.ts";

/** The terms that the analyser of a text field makes of a text. */
export const termsOf = (field: LeafField, text: string): readonly string[] =>
  field.analyzer === "keyword" ? [text] : standardTerms(text);

/** Points are the only type that text cannot express. */
export const checkAnalysed = (field: LeafField, kind: "match" | "match_phrase"): void => {
  if (field.type !== "geo_point") return;
  throw new ValueError(`Field [${field.name}] of type [geo_point] does not support ${kind} queries`);
};

export const planMatch = (query: MatchQuery, context: PlanContext): Plan => {
  if (isMetadata(query.field)) {
    if (query.fuzziness !== undefined) checkFuzzy({ name: query.field, type: query.field });
    return idsPlan([javaText(query.value)], context, query.boost);
  }
  const field = context.mapping.field(query.field);
  if (field === undefined) return nonePlan;
  try {
    return planOnField(query, field, context);
  } catch (error) {
    if (query.lenient && error instanceof ValueError) return nonePlan;
    throw error;
  }
};

const planOnField = (query: MatchQuery, field: LeafField, context: PlanContext): Plan => {
  checkAnalysed(field, "match");
  if (field.type !== "text") {
    if (query.fuzziness === undefined) return valuePlan(field, query.value, context, query.boost);
    checkFuzzy(field);
    return fuzzyPlan(field, termOf(field, query.value), query.fuzziness, context, query.boost);
  }
  const terms = termsOf(field, javaText(query.value));
  if (terms.length === 0) return query.zeroTerms === "all" ? allPlan(query.boost) : nonePlan;
  checkSearchable(field);
  const plans = terms.map((term) => planOf(query, field, term, context));
  return combined(plans, query);
};

const planOf = ({ fuzziness, boost }: MatchQuery, field: LeafField, term: string, context: PlanContext): Plan =>
  fuzziness === undefined ? termPlan(field.name, term, boost) : fuzzyPlan(field, term, fuzziness, context, boost);

const combined = (plans: readonly Plan[], { operator, minimumShouldMatch: asked, boost }: MatchQuery): Plan => {
  const [only, ...more] = plans;
  if (only === undefined) return nonePlan;
  if (more.length === 0) return only;
  // With "and" no term is optional, so no number of optional ones can be reached.
  if (operator === "and") return minimumShouldMatch(asked ?? "0", 0) > 0 ? nonePlan : allOf(plans, boost);
  const needed = asked === undefined ? 1 : minimumShouldMatch(asked, plans.length);
  if (needed > plans.length) return nonePlan;
  return {
    constantScore: undefined,
    greatestScore: greatestSum(plans),
    mayMatch: (view) => plans.some((plan) => mayMatch(plan, view)),
    bind: (view) => {
      const matchers = plans.map((plan) => plan.bind(view));
      return needed > 1 ? atLeast(matchers, needed) : disjunction(matchers);
    },
  };
};

const allOf = (plans: readonly Plan[], boost: number): Plan => ({
  constantScore: plans.length * boost,
  mayMatch: (view) => plans.every((plan) => mayMatch(plan, view)),
  bind: (view) =>
    conjunction({ required: plans.map((plan) => plan.bind(view)), forbidden: [], score: () => plans.length * boost }),
});
