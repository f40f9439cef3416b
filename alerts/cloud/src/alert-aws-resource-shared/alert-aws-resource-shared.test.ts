import { describeAlert } from "@mozdef/alert-testing/vitest";
import { BY_NAME, CALL, called, calledByWorker, summaryFor, usualFires, usualSilent } from "../../test/usual-cases.ts";
import { AlertAwsResourceShared } from "./alert-aws-resource-shared.ts";

const STRANGER = "999999999999";
const add = (...items: readonly object[]) => JSON.stringify({ add: { items } });
const policy = (Principal: unknown, more: object = {}) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action: "*", Resource: "*", ...more }] });
const USUAL = {
  headline: "AWS resources shared",
  event: called("ModifySnapshotAttribute", {
    snapshotid: "snap-1",
    createvolumepermission: add({ userId: STRANGER }),
  }),
  text: `EBS snapshot for ${STRANGER} (ModifySnapshotAttribute of snap-1)`,
  refused: "refused: ModifySnapshotAttribute of snap-1",
};
const summaryOf = summaryFor(USUAL.headline);

describeAlert(AlertAwsResourceShared, {
  event: CALL,
  alert: { category: "AWSCloudtrail", tags: ["cloudtrail", "aws", "resource_shared"] },
  fires: [
    ...usualFires(USUAL),
    {
      name: "an AMI for everybody",
      events: [called("ModifyImageAttribute", { imageid: "ami-1", launchpermission: add({ group: "all" }) })],
      alert: {
        summary: summaryOf("AMI for everybody (ModifyImageAttribute of ami-1)"),
        severity: "CRITICAL",
        notify_mozdefbot: true,
      },
    },
    {
      name: "an AMI, in the shape of MozDef's worker",
      events: [
        calledByWorker("ModifyImageAttribute", {
          imageid: { raw_value: '"ami-1"' },
          launchpermission: { add: { items: [{ userid: STRANGER }] } },
        }),
      ],
      alert: { summary: summaryOf(`AMI for ${STRANGER} (ModifyImageAttribute of ami-1)`), severity: "WARNING" },
    },
    {
      name: "an RDS snapshot",
      events: [called("ModifyDBSnapshotAttribute", { dbsnapshotidentifier: "s", valuestoadd: `["${STRANGER}"]` })],
      alert: { summary: summaryOf(`RDS snapshot for ${STRANGER} (ModifyDBSnapshotAttribute of s)`) },
    },
    {
      name: "an RDS cluster snapshot for everybody",
      events: [
        called("ModifyDBClusterSnapshotAttribute", { dbclustersnapshotidentifier: "s", valuestoadd: '["all"]' }),
      ],
      alert: { summary: summaryOf("RDS cluster snapshot for everybody (ModifyDBClusterSnapshotAttribute of s)") },
    },
    ...[
      { name: "PutBucketPolicy", what: "bucket", of: "bucketname", key: "bucketpolicy" },
      { name: "PutKeyPolicy", what: "KMS key", of: "keyid", key: "policy" },
      { name: "PutResourcePolicy", what: "secret", of: "secretid", key: "resourcepolicy" },
      { name: "SetRepositoryPolicy", what: "container repository", of: "repositoryname", key: "policytext" },
    ].map(({ name, what, of, key }) => ({
      name: `${name} with an account and everybody`,
      events: [called(name, { [of]: "x", [key]: policy({ AWS: [STRANGER, "*"] }) })],
      alert: { summary: summaryOf(`${what} for ${STRANGER} and everybody (${name} of x)`), severity: "CRITICAL" },
    })),
    ...[
      { AccessControlList: { URI: "http://acs.amazonaws.com/groups/global/AllUsers" } },
      { "x-amz-acl": "public-read" },
    ].map((parts, index) => ({
      name: `a bucket that is public by its list, written as AWS has it (${index + 1})`,
      events: [called("PutBucketAcl", { bucketname: "b", accesscontrolpolicy: JSON.stringify(parts) })],
      alert: { summary: summaryOf("bucket for everybody (PutBucketAcl of b)"), severity: "CRITICAL" },
    })),
    {
      name: "a function that everybody may call",
      events: [called("AddPermission20150331v2", { functionname: "f", principal: "*" })],
      alert: { summary: summaryOf("Lambda function for everybody (AddPermission20150331v2 of f)") },
    },
    ...["CreateFunctionUrlConfig", "UpdateFunctionUrlConfig"].map((name) => ({
      name: `${name} without authentication`,
      events: [called(name, { functionname: "f", authtype: "NONE" })],
      alert: { summary: summaryOf(`address of a Lambda function for everybody (${name} of f)`) },
    })),
  ],
  silent: [
    ...usualSilent(USUAL),
    { name: "an account that is ours", config: { own_accounts: [STRANGER] }, events: [USUAL.event] },
    {
      name: "a snapshot that is taken back",
      events: [
        called("ModifySnapshotAttribute", {
          createvolumepermission: JSON.stringify({ remove: { items: [{ userId: STRANGER }] } }),
        }),
      ],
    },
    { name: "another attribute of an AMI", events: [called("ModifyImageAttribute", { description: "all" })] },
    {
      name: "everybody under a condition",
      events: [called("PutBucketPolicy", { bucketpolicy: policy("*", { Condition: { StringEquals: {} } }) })],
    },
    { name: "a private list", events: [called("PutBucketAcl", { "x-amz-acl": "private" })] },
    {
      name: "a function that a service may call",
      events: [called("AddPermission20150331v2", { principal: "s3.amazonaws.com" })],
    },
    ...["CreateFunctionUrlConfig", "UpdateFunctionUrlConfig"].map((name) => ({
      name: `${name} with authentication`,
      events: [called(name, { authtype: "AWS_IAM" })],
    })),
  ],
  equivalent: [BY_NAME],
});
