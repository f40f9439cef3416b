import { AlertTask, textList, type AggregatedEvents, type AlertAbout } from "@mozdef/alert";
import { z } from "zod";
import { callsNamed, expectedCallers, type Call } from "../call.ts";
import { alertOfFindings, byCaller, type Finding } from "../findings.ts";
import { makesAdministrator } from "../policy.ts";

const config = z.object({
  /** Names of policies that make an administrator. */
  administrator_policies: textList("comma").default(["AdministratorAccess", "IAMFullAccess", "PowerUserAccess"]),
  /** Callers whose calls are expected. */
  expected_callers: expectedCallers,
});

/** Whoever gets the permissions: the keys are those of all calls of IAM. */
const WHO = ["username", "rolename", "groupname", "policyname", "policyarn"];
const ATTACHING = ["AttachUserPolicy", "AttachRolePolicy", "AttachGroupPolicy"];
const WRITING = ["PutUserPolicy", "PutRolePolicy", "PutGroupPolicy", "CreatePolicy", "CreatePolicyVersion"];
const UNBINDING = ["DeleteUserPermissionsBoundary", "DeleteRolePermissionsBoundary"];

/** Somebody has given a user, group or role all permissions, or has taken its limit away. */
export class AlertAwsAdministratorGranted extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Somebody has given a user, group or role all permissions, or has taken its limit away.",
    severity: ["WARNING", "NOTICE"],
    attack: ["T1098.003", "T1098.001", "T1484"],
    falsePositives: ["The set-up of an account: name the role that does it in `expected_callers`."],
    triage: [
      "Does the caller make administrators as part of their work, and was this one asked for?",
      "If not: detach the policy, and look at what was done with it since (`AssumeRole`, calls of the user).",
      "How did the caller come to have permission to do so? Disable those credentials, too.",
    ],
  };

  main() {
    return byCaller(
      callsNamed({ minutes: 30 }, [...ATTACHING, ...WRITING, ...UNBINDING], this.config.expected_callers),
    );
  }

  onAggregation(group: AggregatedEvents) {
    return alertOfFindings(group, {
      headline: "AWS administrator made",
      tag: "administrator_granted",
      judge: (call) => this.judged(call),
    });
  }

  private judged({ name, parameters }: Call): Finding | null {
    if (UNBINDING.includes(name)) return { what: "limit of permissions removed", of: WHO, severity: "WARNING" };
    if (!ATTACHING.includes(name))
      return makesAdministrator(parameters.policydocument)
        ? { what: "policy that allows everything", of: WHO, severity: "WARNING" }
        : null;
    const policy = String(parameters.policyarn).split("/").at(-1) ?? "";
    return this.config.administrator_policies.includes(policy) ? { what: policy, of: WHO, severity: "WARNING" } : null;
  }
}
