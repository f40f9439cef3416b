import { crontab, definePack } from "@mozdef/alert";
import { AlertAwsAccessOpened } from "./alert-aws-access-opened/alert-aws-access-opened.ts";
import { AlertAwsAdministratorGranted } from "./alert-aws-administrator-granted/alert-aws-administrator-granted.ts";
import { AlertAwsCodeChanged } from "./alert-aws-code-changed/alert-aws-code-changed.ts";
import { AlertAwsConsoleLogin } from "./alert-aws-console-login/alert-aws-console-login.ts";
import { AlertAwsCredentialsChanged } from "./alert-aws-credentials-changed/alert-aws-credentials-changed.ts";
import { AlertAwsGuardrailRemoved } from "./alert-aws-guardrail-removed/alert-aws-guardrail-removed.ts";
import { AlertAwsInstanceCredentialsOutside } from "./alert-aws-instance-credentials-outside/alert-aws-instance-credentials-outside.ts";
import { AlertAwsInstancesReached } from "./alert-aws-instances-reached/alert-aws-instances-reached.ts";
import { AlertAwsLogRetentionCut } from "./alert-aws-log-retention-cut/alert-aws-log-retention-cut.ts";
import { AlertAwsObjectsDestroyed } from "./alert-aws-objects-destroyed/alert-aws-objects-destroyed.ts";
import { AlertAwsResourceShared } from "./alert-aws-resource-shared/alert-aws-resource-shared.ts";
import { AlertAwsResourcesHijacked } from "./alert-aws-resources-hijacked/alert-aws-resources-hijacked.ts";
import { AlertAwsRoleTrustWidened } from "./alert-aws-role-trust-widened/alert-aws-role-trust-widened.ts";
import { AlertAwsSecretsRead } from "./alert-aws-secrets-read/alert-aws-secrets-read.ts";
import { AlertCloudtrailLoggingDisabled } from "./alert-cloudtrail-logging-disabled/alert-cloudtrail-logging-disabled.ts";
import { AlertCloudtrailTampering } from "./alert-cloudtrail-tampering/alert-cloudtrail-tampering.ts";
import { AlertCloudtrailTamperingFailed } from "./alert-cloudtrail-tampering-failed/alert-cloudtrail-tampering-failed.ts";
import { AlertGuardDutyFindingProbe } from "./alert-guard-duty-finding-probe/alert-guard-duty-finding-probe.ts";
import { AlertGuardDutyProbe } from "./alert-guard-duty-probe/alert-guard-duty-probe.ts";

export {
  AlertAwsAccessOpened,
  AlertAwsAdministratorGranted,
  AlertAwsCodeChanged,
  AlertAwsConsoleLogin,
  AlertAwsCredentialsChanged,
  AlertAwsGuardrailRemoved,
  AlertAwsInstanceCredentialsOutside,
  AlertAwsInstancesReached,
  AlertAwsLogRetentionCut,
  AlertAwsObjectsDestroyed,
  AlertAwsResourceShared,
  AlertAwsResourcesHijacked,
  AlertAwsRoleTrustWidened,
  AlertAwsSecretsRead,
  AlertCloudtrailLoggingDisabled,
  AlertCloudtrailTampering,
  AlertCloudtrailTamperingFailed,
  AlertGuardDutyFindingProbe,
  AlertGuardDutyProbe,
};

const everyFiveMinutes = crontab({ minute: "*/5" });

export default definePack({
  alerts: {
    AlertAwsAccessOpened: { task: AlertAwsAccessOpened, schedule: everyFiveMinutes },
    AlertAwsAdministratorGranted: { task: AlertAwsAdministratorGranted, schedule: everyFiveMinutes },
    AlertAwsCodeChanged: { task: AlertAwsCodeChanged, schedule: everyFiveMinutes },
    AlertAwsConsoleLogin: { task: AlertAwsConsoleLogin, schedule: everyFiveMinutes },
    AlertAwsCredentialsChanged: { task: AlertAwsCredentialsChanged, schedule: everyFiveMinutes },
    AlertAwsGuardrailRemoved: { task: AlertAwsGuardrailRemoved, schedule: everyFiveMinutes },
    AlertAwsInstanceCredentialsOutside: { task: AlertAwsInstanceCredentialsOutside, schedule: everyFiveMinutes },
    AlertAwsInstancesReached: { task: AlertAwsInstancesReached, schedule: everyFiveMinutes },
    AlertAwsLogRetentionCut: { task: AlertAwsLogRetentionCut, schedule: everyFiveMinutes },
    AlertAwsObjectsDestroyed: { task: AlertAwsObjectsDestroyed, schedule: everyFiveMinutes },
    AlertAwsResourceShared: { task: AlertAwsResourceShared, schedule: everyFiveMinutes },
    AlertAwsResourcesHijacked: { task: AlertAwsResourcesHijacked, schedule: everyFiveMinutes },
    AlertAwsRoleTrustWidened: { task: AlertAwsRoleTrustWidened, schedule: everyFiveMinutes },
    AlertAwsSecretsRead: { task: AlertAwsSecretsRead, schedule: everyFiveMinutes },
    AlertCloudtrailLoggingDisabled: { task: AlertCloudtrailLoggingDisabled, schedule: everyFiveMinutes },
    AlertCloudtrailTampering: { task: AlertCloudtrailTampering, schedule: everyFiveMinutes },
    AlertCloudtrailTamperingFailed: { task: AlertCloudtrailTamperingFailed, schedule: everyFiveMinutes },
    AlertGuardDutyFindingProbe: { task: AlertGuardDutyFindingProbe, schedule: everyFiveMinutes },
    AlertGuardDutyProbe: { task: AlertGuardDutyProbe, schedule: everyFiveMinutes },
  },
});
