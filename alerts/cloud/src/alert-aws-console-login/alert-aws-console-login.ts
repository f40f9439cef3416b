import { AlertTask, textAt, type AggregatedEvents, type AlertAbout } from "@mozdef/alert";
import { z } from "zod";
import { callsNamed, expectedCallers, type Call } from "../call.ts";
import { partOf } from "../call-parameters.ts";
import { alertOfFindings, byCaller, type Finding } from "../findings.ts";

const config = z.object({
  /** Callers whose logins are expected. */
  expected_callers: expectedCallers,
});

/** A login to the AWS console as the root user, or of a user without a second factor. */
export class AlertAwsConsoleLogin extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A login to the AWS console as the root user, or of a user without a second factor.",
    severity: ["WARNING", "CRITICAL", "NOTICE"],
    attack: ["T1078.004"],
    falsePositives: ["The few tasks that only the root user can do.", "A new user before the first device is set up."],
    triage: [
      "Ask the user, by another way than mail.",
      "Not them: change the password, delete the keys, deny older sessions (`aws:TokenIssueTime`).",
      "Demand MFA by policy (`aws:MultiFactorAuthPresent`), also for the root user.",
    ],
  };

  main() {
    return byCaller(callsNamed({ minutes: 30 }, ["ConsoleLogin"], this.config.expected_callers));
  }

  onAggregation(group: AggregatedEvents) {
    return alertOfFindings(group, { headline: "Login to the AWS console", tag: "console_login", judge });
  }
}

/** Who signs in through an identity provider has a role, and has shown the second factor there. */
const judge = ({ event }: Call): Finding | null => {
  if (partOf(event, "responseelements").consolelogin !== "Success") return null;
  const type = textAt(event, "details.useridentity.type");
  const hasFactor = partOf(event, "additionaleventdata").mfaused === "Yes";
  if (type === "Root") return { what: hasFactor ? "root user" : "root user without MFA", severity: "CRITICAL" };
  return type === "IAMUser" && !hasFactor ? { what: "without MFA", severity: "WARNING" } : null;
};
