import { join } from "node:path";
import { crontab, type RuleContext, type RuleEntry } from "@mozdef/alert";
import { aboutRule, GenericRule } from "./generic-rule.ts";
import { loadRules } from "./load-rules.ts";

/** Each minute: rules have windows of their own, some of them short. */
export const schedule = crontab({ minute: "*/1" });

/** The name that a rule runs and alerts under. @param name - That of its file, without extension. */
export const ruleName = (name: string): string => `AlertGenericLoader:${name}`;

/**
 * The rules of a folder, each to be run by itself.
 *
 * @throws when the folder cannot be read, so that the rules it had go on.
 */
export const ruleEntries = async (
  { alert_data_location }: { readonly alert_data_location: string },
  { report }: RuleContext,
): Promise<readonly RuleEntry[]> => {
  const { rules, problems, failure } = await loadRules(join(alert_data_location, "rules"));
  if (failure !== null) throw new Error(failure);
  for (const { name, message } of problems) report(message, ruleName(name));
  return rules.map(({ name, rule }) => ({
    name: ruleName(name),
    task: GenericRule,
    config: rule,
    schedule,
    about: aboutRule(rule),
  }));
};
