import { describeAlert } from "@mozdef/alert-testing/vitest";
import { CALL, called, calledByWorker, summaryFor, usualFires, usualSilent } from "../../test/usual-cases.ts";
import { AlertAwsAdministratorGranted } from "./alert-aws-administrator-granted.ts";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const USUAL = {
  headline: "AWS administrator made",
  event: called("AttachUserPolicy", { username: "bob", policyarn: ADMINISTRATOR }),
  text: "AdministratorAccess (AttachUserPolicy of bob)",
  refused: "refused: AttachUserPolicy of bob",
};
const summaryOf = summaryFor(USUAL.headline);
const policy = (Action: unknown, Resource: unknown = "*") =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });

describeAlert(AlertAwsAdministratorGranted, {
  event: CALL,
  alert: { category: "AWSCloudtrail", tags: ["cloudtrail", "aws", "administrator_granted"] },
  fires: [
    ...usualFires(USUAL),
    ...[
      { name: "AttachRolePolicy", key: "rolename" },
      { name: "AttachGroupPolicy", key: "groupname" },
    ].map(({ name, key }) => ({
      name,
      events: [called(name, { [key]: "ops", policyarn: ADMINISTRATOR })],
      alert: {
        summary: summaryOf(`AdministratorAccess (${name} of ops)`),
        severity: "WARNING",
        notify_mozdefbot: true,
      },
    })),
    ...["IAMFullAccess", "PowerUserAccess"].map((name) => ({
      name,
      events: [calledByWorker("AttachUserPolicy", { username: "bob", policyarn: `arn:aws:iam::aws:policy/${name}` })],
      alert: { summary: summaryOf(`${name} (AttachUserPolicy of bob)`) },
    })),
    ...[
      { name: "PutUserPolicy", key: "username" },
      { name: "PutRolePolicy", key: "rolename" },
      { name: "PutGroupPolicy", key: "groupname" },
      { name: "CreatePolicy", key: "policyname" },
      { name: "CreatePolicyVersion", key: "policyarn" },
    ].map(({ name, key }) => ({
      name: `${name} with everything`,
      events: [called(name, { [key]: "x", policydocument: policy(["s3:GetObject", "*"]) })],
      alert: { summary: summaryOf(`policy that allows everything (${name} of x)`), severity: "WARNING" },
    })),
    ...["DeleteUserPermissionsBoundary", "DeleteRolePermissionsBoundary"].map((name) => ({
      name,
      events: [called(name, { username: "bob" })],
      alert: { summary: summaryOf(`limit of permissions removed (${name} of bob)`), severity: "WARNING" },
    })),
    {
      name: "a policy of one's own",
      config: { administrator_policies: ["OurAdmins"] },
      events: [called("AttachUserPolicy", { username: "bob", policyarn: "arn:aws:iam::1:policy/ops/OurAdmins" })],
      alert: { summary: summaryOf("OurAdmins (AttachUserPolicy of bob)") },
    },
  ],
  silent: [
    ...usualSilent(USUAL),
    {
      name: "a policy that only reads",
      events: [called("AttachUserPolicy", { username: "bob", policyarn: "arn:aws:iam::aws:policy/ReadOnlyAccess" })],
    },
    { name: "a policy that is only tried", events: [called("SimulateCustomPolicy", { policydocument: policy("*") })] },
    { name: "no policy", events: [called("AttachUserPolicy", { username: "bob" })] },
    { name: "a policy for one service", events: [called("PutUserPolicy", { policydocument: policy("s3:*") })] },
    {
      name: "the shipped policies are replaced",
      config: { administrator_policies: ["OurAdmins"] },
      events: [USUAL.event],
    },
  ],
});
