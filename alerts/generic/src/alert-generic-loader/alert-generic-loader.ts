import { join } from "node:path";
import { AlertTask, type AggregatedEvents, type AlertAbout, type AlertContext, type HookContext } from "@mozdef/alert";
import { z } from "zod";
import { draftOf, searchOf } from "../generic-rule.ts";
import { loadRules } from "../load-rules.ts";
import { ruleName } from "../rule-entries.ts";
import type { Rule } from "../rule.ts";

const config = z.object({
  /** Folder with a folder `rules` in it; from where the service was started when it is not absolute. */
  alert_data_location: z.string().min(1).default("alerts/generic_alerts"),
});

/**
 * Rules from files: one search and one name of its own for each. A service runs the rules by themselves, see `rule-entries.ts`;
 * the class runs all of them at once.
 */
export class AlertGenericLoader extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Rules from files: one search and one name of its own for each.",
    triage: ["The rule's `alert_url` should say it: write one for each rule."],
  };

  async main({ report }: AlertContext) {
    const { rules, problems, failure } = await loadRules(join(this.config.alert_data_location, "rules"));
    if (failure !== null) report(failure);
    for (const { message } of problems) report(message);
    return rules.map(({ name, rule }) => searchOf(rule, ruleName(name)));
  }

  onAggregation(group: AggregatedEvents, { data: rule }: HookContext<Rule>) {
    return draftOf(rule, group);
  }
}
