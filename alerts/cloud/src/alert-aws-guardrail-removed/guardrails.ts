import type { Parameters } from "../call-parameters.ts";
import type { Finding } from "../findings.ts";

/** A call that takes a guardrail away. */
export interface Guardrail extends Finding {
  /** Only with these parameters. Default: always. */
  readonly when?: (parameters: Parameters) => boolean;
}

const DETECTOR = ["detectorid"];
const RECORDER = ["configurationrecordername"];

/** By name of the call. CRITICAL is what nobody does in daily work. */
export const GUARDRAILS: Readonly<Record<string, Guardrail>> = {
  // GuardDuty
  DeleteDetector: { what: "GuardDuty detector deleted", of: DETECTOR, severity: "CRITICAL" },
  UpdateDetector: {
    what: "GuardDuty detector suspended",
    of: DETECTOR,
    severity: "CRITICAL",
    when: ({ enable }) => enable === false,
  },
  CreateFilter: {
    what: "GuardDuty findings archived by a filter",
    of: ["name", ...DETECTOR],
    severity: "WARNING",
    when: ({ action }) => action === "ARCHIVE",
  },
  // WAF has a call of the same name.
  CreateIPSet: {
    what: "addresses that GuardDuty trusts",
    of: ["name", ...DETECTOR],
    severity: "WARNING",
    when: ({ detectorid }) => detectorid !== undefined,
  },
  StopMonitoringMembers: { what: "GuardDuty of member accounts not watched", of: ["accountids"], severity: "CRITICAL" },
  DisassociateFromAdministratorAccount: {
    what: "account parted from its security administrator",
    severity: "CRITICAL",
  },
  DisassociateFromMasterAccount: { what: "account parted from its security administrator", severity: "CRITICAL" },
  DisassociateMembers: { what: "member accounts parted from GuardDuty", of: ["accountids"], severity: "WARNING" },
  // Config, Security Hub, Macie, IAM Access Analyzer
  StopConfigurationRecorder: { what: "Config recorder stopped", of: RECORDER, severity: "CRITICAL" },
  DeleteConfigurationRecorder: { what: "Config recorder deleted", of: RECORDER, severity: "CRITICAL" },
  DeleteDeliveryChannel: { what: "Config delivery channel deleted", of: ["deliverychannelname"], severity: "CRITICAL" },
  DisableSecurityHub: { what: "Security Hub disabled", severity: "CRITICAL" },
  DisableMacie: { what: "Macie disabled", severity: "WARNING" },
  DeleteAnalyzer: { what: "Access Analyzer deleted", of: ["analyzername"], severity: "WARNING" },
  // Logs of networks, name servers and models
  DeleteFlowLogs: { what: "VPC flow log deleted", of: ["flowlogid"], severity: "CRITICAL" },
  DeleteResolverQueryLogConfig: {
    what: "DNS query log deleted",
    of: ["resolverquerylogconfigid"],
    severity: "CRITICAL",
  },
  DisassociateResolverQueryLogConfig: {
    what: "DNS queries of a VPC no longer logged",
    of: ["resourceid"],
    severity: "CRITICAL",
  },
  DeleteModelInvocationLoggingConfiguration: { what: "Bedrock invocation log disabled", severity: "CRITICAL" },
  // CloudWatch
  DeleteAlarms: { what: "CloudWatch alarm deleted", of: ["alarmnames"], severity: "WARNING" },
  DisableAlarmActions: { what: "CloudWatch alarm muted", of: ["alarmnames"], severity: "WARNING" },
  // What blocks public access
  DeleteAccountPublicAccessBlock: { what: "public buckets no longer blocked", severity: "WARNING" },
  DisableImageBlockPublicAccess: { what: "public AMIs no longer blocked", severity: "WARNING" },
  DisableSnapshotBlockPublicAccess: { what: "public snapshots no longer blocked", severity: "WARNING" },
  // Organizations: its policies bind the accounts, and its trail records them
  LeaveOrganization: { what: "account has left its organization", severity: "CRITICAL" },
  RemoveAccountFromOrganization: {
    what: "account removed from its organization",
    of: ["accountid"],
    severity: "CRITICAL",
  },
  DeleteOrganization: { what: "organization deleted", severity: "CRITICAL" },
  DisablePolicyType: { what: "kind of policy disabled", of: ["policytype"], severity: "CRITICAL" },
  // IoT has a call of the same name, for a `target`.
  DetachPolicy: {
    what: "policy of the organization detached",
    of: ["policyid"],
    severity: "WARNING",
    when: ({ targetid }) => targetid !== undefined,
  },
};
