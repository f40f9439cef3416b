import { AlertTask, type AggregatedEvents, type AlertAbout } from "@mozdef/alert";
import { z } from "zod";
import { callsNamed, expectedCallers, type Call } from "../call.ts";
import { alertOfFindings, byCaller } from "../findings.ts";
import { GUARDRAILS } from "./guardrails.ts";

const config = z.object({
  /** Callers whose calls are expected. */
  expected_callers: expectedCallers,
});

/** Somebody has switched off a service that watches the account, or a rule that binds it. */
export class AlertAwsGuardrailRemoved extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Somebody has switched off a service that watches the account, or a rule that binds it.",
    severity: ["CRITICAL", "WARNING", "NOTICE"],
    attack: ["T1562.001", "T1562.008", "T1666"],
    falsePositives: ["An account or a network that is being taken down.", "A change of the delegated administrator."],
    triage: [
      "Was it planned (infrastructure as code, change record)?",
      "If not: switch it on again, and disable the credentials of the caller.",
      "Read everything the caller did in the hour before. What comes after may not be recorded where you usually look.",
    ],
  };

  main() {
    return byCaller(callsNamed({ minutes: 30 }, Object.keys(GUARDRAILS), this.config.expected_callers));
  }

  onAggregation(group: AggregatedEvents) {
    return alertOfFindings(group, { headline: "AWS guardrail removed", tag: "guardrail_removed", judge });
  }
}

const judge = ({ name, parameters }: Call) => {
  // mozdef-mutate-ignore: the query finds calls of these names only
  const guardrail = Object.hasOwn(GUARDRAILS, name) ? GUARDRAILS[name] : undefined;
  // mozdef-mutate-ignore: the query finds calls of these names only
  return guardrail === undefined || guardrail.when?.(parameters) === false ? null : guardrail;
};
