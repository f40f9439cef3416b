import { AlertTask, textList, type AggregatedEvents, type AlertAbout } from "@mozdef/alert";
import { z } from "zod";
import { callsNamed, expectedCallers, type Call } from "../call.ts";
import { alertOfFindings, byCaller, type Finding } from "../findings.ts";
import { EVERYBODY, strangersIn } from "../policy.ts";

const config = z.object({
  /** Accounts that may be trusted, beside the one of the call. */
  own_accounts: textList("comma").default([]),
  /** Callers whose calls are expected. */
  expected_callers: expectedCallers,
});

/** Calls with which whoever holds a key or runs an identity provider gets into the account from outside. */
const DOORS: Readonly<Record<string, string>> = {
  CreateTrustAnchor: "certificates of an authority let in",
  UpdateTrustAnchor: "certificates of an authority let in",
  CreateSAMLProvider: "SAML identity provider let in",
  UpdateSAMLProvider: "SAML identity provider changed",
  CreateOpenIDConnectProvider: "OpenID Connect provider let in",
  UpdateOpenIDConnectProviderThumbprint: "OpenID Connect provider changed",
};

/** Where each call has the policy that says who may assume the role. */
const TRUST: Readonly<Record<string, string>> = {
  UpdateAssumeRolePolicy: "policydocument",
  CreateRole: "assumerolepolicydocument",
};

/** Somebody has let another account, an identity provider or a certificate authority assume roles. */
export class AlertAwsRoleTrustWidened extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Somebody has let another account, an identity provider or a certificate authority assume roles.",
    severity: ["WARNING", "CRITICAL", "NOTICE"],
    attack: ["T1098.003", "T1484.002", "T1199"],
    falsePositives: ["A provider whose service looks into your account: add its account to `own_accounts`."],
    triage: [
      "Whose account, certificate or identity provider is it, and who has asked for it?",
      "If nobody has: take the trust back, and revoke the sessions of the role.",
      "Which permissions has the role, and what was done with it (`AssumeRole*` in CloudTrail)?",
    ],
  };

  main() {
    const names = [...Object.keys(TRUST), ...Object.keys(DOORS)];
    return byCaller(callsNamed({ minutes: 30 }, names, this.config.expected_callers));
  }

  onAggregation(group: AggregatedEvents) {
    return alertOfFindings(group, {
      headline: "AWS roles open to others",
      tag: "role_trust_widened",
      judge: (call) => this.judged(call),
    });
  }

  private judged({ name, parameters, account }: Call): Finding | null {
    const door = DOORS[name];
    if (door !== undefined) return { what: door, of: ["name", "samlproviderarn", "url"], severity: "WARNING" };
    const strangers = strangersIn(parameters[TRUST[name] ?? ""], [account, ...this.config.own_accounts]);
    if (strangers.length === 0) return null;
    const severity = strangers.includes(EVERYBODY) ? "CRITICAL" : "WARNING";
    return { what: `role that ${strangers.join(" and ")} may assume`, of: ["rolename"], severity };
  }
}
