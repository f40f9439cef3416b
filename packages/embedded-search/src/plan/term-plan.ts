import { illegalArgument } from "../http/store-error.ts";
import { type TermQuery, type TermsQuery } from "../recipe/query.ts";
import { either } from "./either.ts";
import { withScore } from "./matcher.ts";
import { isMetadata, metadataPlan } from "./metadata-plan.ts";
import { type Plan, type PlanContext } from "./plan.ts";
import { nonePlan } from "./simple-plans.ts";
import { caseInsensitivePlan, valuePlan, valuesPlan } from "./value-plan.ts";

export function planTerm({ field: name, value, caseInsensitive, boost }: TermQuery, context: PlanContext): Plan {
  if (isMetadata(name)) return metadataPlan(name, [String(value)], context, boost);
  if (name === "") throw illegalArgument("field name is null or empty");
  const field = context.mapping.field(name);
  if (field === undefined) return nonePlan;
  return caseInsensitive ? caseInsensitivePlan(field, value, context, boost) : valuePlan(field, value, context, boost);
}

export function planTerms({ field: name, values, boost }: TermsQuery, context: PlanContext): Plan {
  if (isMetadata(name)) return metadataPlan(name, values.map(String), context, boost);
  const field = context.mapping.field(name);
  if (field === undefined) return nonePlan;
  if (field.type === "text" || field.type === "keyword") return valuesPlan(field, values, boost);
  const plans = values.map((value) => valuePlan(field, value, context, boost));
  return {
    constantScore: boost,
    bind: (view) => withScore(either(plans.map((plan) => plan.bind(view))), boost),
  };
}
