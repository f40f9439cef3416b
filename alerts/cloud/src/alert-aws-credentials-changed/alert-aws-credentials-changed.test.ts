import { describeAlert } from "@mozdef/alert-testing/vitest";
import { CALL, called, calledByWorker, summaryFor, usualFires, usualSilent } from "../../test/usual-cases.ts";
import { AlertAwsCredentialsChanged } from "./alert-aws-credentials-changed.ts";

const USUAL = {
  headline: "AWS credentials changed",
  event: called("CreateAccessKey", { username: "bob" }),
  text: "access key made (CreateAccessKey of bob)",
  refused: "refused: CreateAccessKey of bob",
};
const summaryOf = summaryFor(USUAL.headline);
const ROOT = { useridentity: { type: "Root", arn: "arn:aws:iam::123456789012:root", username: null } };

describeAlert(AlertAwsCredentialsChanged, {
  event: CALL,
  alert: { category: "AWSCloudtrail", tags: ["cloudtrail", "aws", "credentials_changed"] },
  fires: [
    ...usualFires(USUAL),
    ...[
      ["CreateLoginProfile", "password for the console set"],
      ["UpdateLoginProfile", "password for the console changed"],
      ["CreateServiceSpecificCredential", "credential for a service made"],
      ["ResetServiceSpecificCredential", "credential for a service reset"],
      ["UploadSSHPublicKey", "SSH key added"],
      ["UploadSigningCertificate", "certificate added"],
      ["DeactivateMFADevice", "MFA device taken away"],
    ].map(([name = "", what]) => ({
      name: `${name} of another user`,
      events: [called(name, { username: "bob" })],
      alert: { summary: summaryOf(`${what} (${name} of bob)`), severity: "WARNING", notify_mozdefbot: true },
    })),
    {
      name: "the shape of MozDef's worker",
      events: [calledByWorker("CreateAccessKey", { username: "zoë" })],
      alert: { summary: summaryOf("access key made (CreateAccessKey of zoë)"), severity: "WARNING" },
    },
    {
      name: "a role, which has no keys of its own",
      events: [called("CreateAccessKey", { username: "mallory" }, { useridentity: { username: null } })],
      alert: { summary: summaryOf("access key made (CreateAccessKey of mallory)") },
    },
    {
      name: "the root user, for itself",
      events: [called("CreateAccessKey", null, ROOT)],
      alert: {
        summary: summaryOf("access key made for the root user (CreateAccessKey)", "arn:aws:iam::123456789012:root"),
        severity: "CRITICAL",
      },
    },
    {
      name: "a session that outlives its key",
      events: [called("GetFederationToken", { name: "x" })],
      alert: { summary: summaryOf("session that outlives its key (GetFederationToken of x)"), severity: "WARNING" },
    },
  ],
  silent: [
    ...usualSilent(USUAL),
    { name: "a key of one's own", events: [called("CreateAccessKey", { username: "mallory" })] },
    { name: "a key of one's own, not named", events: [called("CreateAccessKey")] },
  ],
});
