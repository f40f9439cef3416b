import type { LeafField } from "../mapping/field.ts";
import type { ExistsQuery } from "../recipe/query.ts";
import { presentPlan } from "./column-plans.ts";
import { disjunction } from "./disjunction.ts";
import { withScore } from "./matcher.ts";
import { existsError } from "./metadata-errors.ts";
import { isEverywhere, metadataNames } from "./metadata-plan.ts";
import { mayMatch, type Plan, type PlanContext } from "./plan.ts";
import { allPlan, nonePlan } from "./simple-plans.ts";

export const planExists = ({ field, boost }: ExistsQuery, context: PlanContext): Plan => {
  const metadata = metadataNames(field);
  const error = existsError(metadata);
  if (error) throw error;
  if (isEverywhere(metadata)) return allPlan(boost);
  const names = [...fieldNames(field, context), ...(field !== IGNORED && metadata.includes(IGNORED) ? [IGNORED] : [])];
  const plans = names.map((name) => presentPlan(name, boost));
  const [only, ...more] = plans;
  if (only === undefined) return nonePlan;
  if (more.length === 0) return only;
  return {
    constantScore: boost,
    mayMatch: (view) => plans.some((plan) => mayMatch(plan, view)),
    bind: (view) => withScore(disjunction(plans.map((plan) => plan.bind(view))), boost),
  };
};

/** The names of fields with ignored values; the mapping knows it by its name alone. */
const IGNORED = "_ignored";

/** Without an index and without values by document nothing tells which documents have the field. */
const isKept = ({ type, params }: LeafField): boolean => {
  const isOff = (key: string): boolean => params.get(key) === false || params.get(key) === "false";
  return !isOff("index") || (type !== "text" && !isOff("doc_values"));
};

/** The field itself, the leaves below an object, or what a pattern stands for. */
const fieldNames = (field: string, { mapping }: PlanContext): string[] => {
  const leaf = mapping.field(field);
  if (leaf) return isKept(leaf) ? [leaf.name] : [];
  const pattern = mapping.isObject(field) ? `${field}.*` : field;
  return pattern.includes("*")
    ? mapping
        .matching(pattern)
        .filter(isKept)
        .map(({ name }) => name)
    : [];
};
