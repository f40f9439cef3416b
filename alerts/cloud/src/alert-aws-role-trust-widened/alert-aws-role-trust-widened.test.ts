import { describeAlert } from "@mozdef/alert-testing/vitest";
import { BY_NAME, CALL, called, calledByWorker, summaryFor, usualFires, usualSilent } from "../../test/usual-cases.ts";
import { AlertAwsRoleTrustWidened } from "./alert-aws-role-trust-widened.ts";

const trust = (Principal: unknown) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }] });
const STRANGER = trust({ AWS: "arn:aws:iam::999999999999:root" });
const USUAL = {
  headline: "AWS roles open to others",
  event: called("UpdateAssumeRolePolicy", { rolename: "ops", policydocument: STRANGER }),
  text: "role that 999999999999 may assume (UpdateAssumeRolePolicy of ops)",
  refused: "refused: UpdateAssumeRolePolicy of ops",
};
const summaryOf = summaryFor(USUAL.headline);

describeAlert(AlertAwsRoleTrustWidened, {
  event: CALL,
  alert: { category: "AWSCloudtrail", tags: ["cloudtrail", "aws", "role_trust_widened"] },
  fires: [
    ...usualFires(USUAL),
    {
      name: "a new role, in the shape of MozDef's worker",
      events: [calledByWorker("CreateRole", { rolename: "x", assumerolepolicydocument: STRANGER })],
      alert: {
        summary: summaryOf("role that 999999999999 may assume (CreateRole of x)"),
        severity: "WARNING",
        notify_mozdefbot: true,
      },
    },
    {
      name: "everybody and an account",
      events: [
        called("CreateRole", { rolename: "x", assumerolepolicydocument: trust({ AWS: ["*", "999999999999"] }) }),
      ],
      alert: {
        summary: summaryOf("role that everybody and 999999999999 may assume (CreateRole of x)"),
        severity: "CRITICAL",
      },
    },
    ...[
      ["CreateTrustAnchor", "certificates of an authority let in"],
      ["UpdateTrustAnchor", "certificates of an authority let in"],
      ["CreateSAMLProvider", "SAML identity provider let in"],
      ["UpdateSAMLProvider", "SAML identity provider changed"],
      ["CreateOpenIDConnectProvider", "OpenID Connect provider let in"],
      ["UpdateOpenIDConnectProviderThumbprint", "OpenID Connect provider changed"],
    ].map(([name = "", what]) => ({
      name,
      events: [called(name, { name: "mine" })],
      alert: { summary: summaryOf(`${what} (${name} of mine)`), severity: "WARNING" },
    })),
    {
      name: "an event that does not say which account received it",
      events: [
        called("CreateRole", { rolename: "x", assumerolepolicydocument: STRANGER }, { recipientaccountid: null }),
      ],
      alert: { summary: summaryOf("role that 999999999999 may assume (CreateRole of x)") },
    },
  ],
  silent: [
    ...usualSilent(USUAL),
    {
      name: "our own account",
      events: [called("CreateRole", { assumerolepolicydocument: trust({ AWS: "123456789012" }) })],
    },
    {
      name: "our own account, known from the caller",
      events: [
        called(
          "CreateRole",
          { assumerolepolicydocument: trust({ AWS: "123456789012" }) },
          { recipientaccountid: null },
        ),
      ],
    },
    { name: "an account that is ours", config: { own_accounts: ["999999999999"] }, events: [USUAL.event] },
    {
      name: "a service",
      events: [called("CreateRole", { assumerolepolicydocument: trust({ Service: "ec2.amazonaws.com" }) })],
    },
    { name: "no policy", events: [called("CreateRole", { rolename: "x" })] },
  ],
  equivalent: [BY_NAME],
});
