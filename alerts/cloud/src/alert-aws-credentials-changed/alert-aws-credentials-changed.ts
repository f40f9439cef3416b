import { AlertTask, textAt, type AggregatedEvents, type AlertAbout } from "@mozdef/alert";
import { z } from "zod";
import { callsNamed, expectedCallers, type Call } from "../call.ts";
import { alertOfFindings, byCaller, type Finding } from "../findings.ts";

const config = z.object({
  /** Callers whose calls are expected. */
  expected_callers: expectedCallers,
});

/** What a caller does to somebody's credentials. */
const CHANGES: Readonly<Record<string, string>> = {
  CreateAccessKey: "access key made",
  CreateLoginProfile: "password for the console set",
  UpdateLoginProfile: "password for the console changed",
  CreateServiceSpecificCredential: "credential for a service made",
  ResetServiceSpecificCredential: "credential for a service reset",
  UploadSSHPublicKey: "SSH key added",
  UploadSigningCertificate: "certificate added",
  DeactivateMFADevice: "MFA device taken away",
};

/** Somebody has changed the credentials of another user, made keys of the root user, or a session that outlives its key. */
export class AlertAwsCredentialsChanged extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description:
      "Somebody has changed the credentials of another user, made keys of the root user, or a session that outlives its key.",
    severity: ["WARNING", "CRITICAL", "NOTICE"],
    attack: ["T1098.001", "T1078.004", "T1556.006", "T1550.001"],
    falsePositives: ["An administrator who sets up a user.", "A broker that signs people in with GetFederationToken."],
    triage: [
      "Ask the caller and the user whether they know of it.",
      "If not: delete the key or the password, and deny sessions older than now (`aws:TokenIssueTime`).",
      "A session of GetFederationToken works on after its key is deleted: attach a policy that denies everything to the user.",
    ],
  };

  main() {
    const names = [...Object.keys(CHANGES), FEDERATION];
    return byCaller(callsNamed({ minutes: 30 }, names, this.config.expected_callers));
  }

  onAggregation(group: AggregatedEvents) {
    return alertOfFindings(group, { headline: "AWS credentials changed", tag: "credentials_changed", judge });
  }
}

const FEDERATION = "GetFederationToken";

const judge = ({ event, name, parameters }: Call): Finding | null => {
  if (name === FEDERATION) return { what: "session that outlives its key", of: ["name"], severity: "WARNING" };
  const what = CHANGES[name] ?? name;
  const [caller, user] = [textAt(event, "details.useridentity.username", ""), parameters.username];
  if (user !== undefined && user !== caller) return { what, of: ["username"], severity: "WARNING" };
  // People change their own keys all the time; nobody should make one of the root user.
  const isRoot = textAt(event, "details.useridentity.type") === "Root";
  return isRoot ? { what: `${what} for the root user`, severity: "CRITICAL" } : null;
};
