import { illegalArgument } from "../errors/api-error.ts";
import type { Scalar } from "../json/json.ts";
import { isInteger, type LeafField } from "../mapping/field.ts";
import type { FieldType } from "../mapping/fields-view.ts";
import type { TermQuery, TermsQuery } from "../recipe/query.ts";
import { javaText } from "../values/java-number.ts";
import { floatValue } from "../values/number-value.ts";
import { hasDecimals, queryInteger } from "../values/query-value.ts";
import { disjunction } from "./disjunction.ts";
import { withScore } from "./matcher.ts";
import { idsPlan } from "./metadata-plan.ts";
import { mayMatch, type Plan, type PlanContext } from "./plan.ts";
import { nonePlan } from "./simple-plans.ts";
import { caseInsensitivePlan, valuePlan, valuesPlan } from "./value-plan.ts";

export const planTerm = ({ field: name, value, caseInsensitive, boost }: TermQuery, context: PlanContext): Plan => {
  // An id is compared as it is.
  if (name === "_id") return caseInsensitive ? nonePlan : idsPlan([javaText(value)], context, boost);
  if (name === "") throw illegalArgument("field name is null or empty");
  const field = context.mapping.field(name);
  if (field === undefined) return nonePlan;
  return caseInsensitive ? caseInsensitivePlan(field, value, context, boost) : valuePlan(field, value, context, boost);
};

export const planTerms = ({ field: name, values, boost }: TermsQuery, context: PlanContext): Plan => {
  if (name === "_id") return idsPlan(values.map(javaText), context, boost);
  const field = context.mapping.field(name);
  if (field === undefined) return nonePlan;
  if (field.type === "text" || field.type === "keyword") return valuesPlan(field, values, boost);
  if (isNumber(field.type)) for (const value of values) checkNumber(field, value);
  const plans = values.map((value) => valuePlan(field, value, context, boost));
  return {
    constantScore: boost,
    mayMatch: (view) => plans.some((plan) => mayMatch(plan, view)),
    bind: (view) => withScore(disjunction(plans.map((plan) => plan.bind(view))), boost),
  };
};

const isNumber = (type: FieldType): boolean => isInteger(type) || type === "double" || type === "float";

/** Unlike a single term, a list may not contain numbers that the type cannot hold. */
const checkNumber = (field: LeafField, value: Scalar): void => {
  if (!isInteger(field.type)) floatValue(value, field.type);
  else if (!hasDecimals(value, field.type)) queryInteger(field, value);
};
