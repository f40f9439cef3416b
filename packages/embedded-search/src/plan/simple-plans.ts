import { everything, nothing, withScore } from "./matcher.ts";
import type { Plan } from "./plan.ts";

export const nonePlan: Plan = Object.freeze({ constantScore: 0, mayMatch: () => false, bind: () => nothing });

export const allPlan = (boost: number): Plan => ({
  constantScore: boost,
  bind: (view) => everything(view.visible, boost),
});

/** The documents of another plan, all with this score. */
export const constantPlan = (plan: Plan, score: number): Plan => ({
  constantScore: score,
  mayMatch: plan.mayMatch,
  bind: (view) => withScore(plan.bind(view), score),
});
