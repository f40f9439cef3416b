import { describeAlert } from "@mozdef/alert-testing/vitest";
import { BY_NAME, CALL, called, calledByWorker, summaryFor, usualFires, usualSilent } from "../../test/usual-cases.ts";
import { AlertAwsGuardrailRemoved } from "./alert-aws-guardrail-removed.ts";

const USUAL = {
  headline: "AWS guardrail removed",
  event: called("DeleteDetector", { detectorid: "12abc" }),
  text: "GuardDuty detector deleted (DeleteDetector of 12abc)",
  refused: "refused: DeleteDetector of 12abc",
};
const summaryOf = summaryFor(USUAL.headline);

describeAlert(AlertAwsGuardrailRemoved, {
  event: CALL,
  alert: { category: "AWSCloudtrail", tags: ["cloudtrail", "aws", "guardrail_removed"] },
  fires: [
    ...usualFires(USUAL),
    ...[
      ["StopMonitoringMembers", "GuardDuty of member accounts not watched"],
      ["DisassociateFromAdministratorAccount", "account parted from its security administrator"],
      ["DisassociateFromMasterAccount", "account parted from its security administrator"],
      ["StopConfigurationRecorder", "Config recorder stopped"],
      ["DeleteConfigurationRecorder", "Config recorder deleted"],
      ["DeleteDeliveryChannel", "Config delivery channel deleted"],
      ["DisableSecurityHub", "Security Hub disabled"],
      ["DeleteFlowLogs", "VPC flow log deleted"],
      ["DeleteResolverQueryLogConfig", "DNS query log deleted"],
      ["DisassociateResolverQueryLogConfig", "DNS queries of a VPC no longer logged"],
      ["DeleteModelInvocationLoggingConfiguration", "Bedrock invocation log disabled"],
      ["LeaveOrganization", "account has left its organization"],
      ["RemoveAccountFromOrganization", "account removed from its organization"],
      ["DeleteOrganization", "organization deleted"],
      ["DisablePolicyType", "kind of policy disabled"],
    ].map(([name = "", what]) => ({
      name: `${name}, which nobody calls in daily work`,
      events: [called(name)],
      alert: { summary: summaryOf(`${what} (${name})`), severity: "CRITICAL", notify_mozdefbot: true },
    })),
    ...[
      ["DisassociateMembers", "member accounts parted from GuardDuty"],
      ["DisableMacie", "Macie disabled"],
      ["DeleteAnalyzer", "Access Analyzer deleted"],
      ["DeleteAlarms", "CloudWatch alarm deleted"],
      ["DisableAlarmActions", "CloudWatch alarm muted"],
      ["DeleteAccountPublicAccessBlock", "public buckets no longer blocked"],
      ["DisableImageBlockPublicAccess", "public AMIs no longer blocked"],
      ["DisableSnapshotBlockPublicAccess", "public snapshots no longer blocked"],
    ].map(([name = "", what]) => ({
      name: `${name}, which may be planned`,
      events: [called(name)],
      alert: { summary: summaryOf(`${what} (${name})`), severity: "WARNING" },
    })),
    {
      name: "a detector that is suspended",
      events: [called("UpdateDetector", { detectorid: "12abc", enable: false })],
      alert: { summary: summaryOf("GuardDuty detector suspended (UpdateDetector of 12abc)"), severity: "CRITICAL" },
    },
    {
      name: "findings that are archived, addresses that are trusted",
      events: [
        called("CreateFilter", { action: "ARCHIVE", name: "quiet" }),
        called("CreateIPSet", { detectorid: "12abc", name: "mine" }),
      ],
      alert: {
        summary: summaryOf(
          "GuardDuty findings archived by a filter (CreateFilter of quiet), addresses that GuardDuty trusts (CreateIPSet of mine)",
        ),
        severity: "WARNING",
      },
    },
    {
      name: "a policy of the organization",
      events: [called("DetachPolicy", { policyid: "p-1", targetid: "123456789012" })],
      alert: { summary: summaryOf("policy of the organization detached (DetachPolicy of p-1)"), severity: "WARNING" },
    },
    {
      name: "a flow log in the parameters of EC2, in either shape; the worst makes the severity",
      events: [
        called("DeleteAlarms", { alarmnames: '["cpu"]' }),
        called("DeleteFlowLogs", { deleteflowlogsrequest: '{"FlowLogId":{"tag":1,"content":"fl-1"}}' }),
        calledByWorker("DeleteFlowLogs", { deleteflowlogsrequest: { flowlogid: [{ content: "fl-2" }] } }),
      ],
      alert: {
        summary:
          /cpu\), VPC flow log deleted \(DeleteFlowLogs of .+\), VPC flow log deleted \(DeleteFlowLogs of fl-2\)/,
        severity: "CRITICAL",
      },
    },
  ],
  silent: [
    ...usualSilent(USUAL),
    { name: "a detector that is changed", events: [called("UpdateDetector", { enable: true })] },
    { name: "a filter that archives nothing", events: [called("CreateFilter", { action: "NOOP" })] },
    { name: "a set of addresses for WAF", events: [called("CreateIPSet", { name: "waf" })] },
    { name: "a policy of IoT", events: [called("DetachPolicy", { target: "thing" })] },
  ],
  equivalent: [BY_NAME],
});
