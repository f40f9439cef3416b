import { definePack } from "@mozdef/alert";
import { AlertGenericLoader } from "./alert-generic-loader/alert-generic-loader.ts";
import { ruleEntries, schedule } from "./rule-entries.ts";

export { AlertGenericLoader };

export default definePack({
  // Off until there is a folder of rules. Then each rule is run by itself.
  alerts: { AlertGenericLoader: { task: AlertGenericLoader, schedule, enabled: false, rules: ruleEntries } },
});
