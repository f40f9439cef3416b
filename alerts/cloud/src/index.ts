import { crontab, definePack } from "@mozdef/alert";
import { AlertCloudtrailLoggingDisabled } from "./alert-cloudtrail-logging-disabled/alert-cloudtrail-logging-disabled.ts";
import { AlertCloudtrailTampering } from "./alert-cloudtrail-tampering/alert-cloudtrail-tampering.ts";
import { AlertCloudtrailTamperingFailed } from "./alert-cloudtrail-tampering-failed/alert-cloudtrail-tampering-failed.ts";
import { AlertGuardDutyFindingProbe } from "./alert-guard-duty-finding-probe/alert-guard-duty-finding-probe.ts";
import { AlertGuardDutyProbe } from "./alert-guard-duty-probe/alert-guard-duty-probe.ts";

export {
  AlertCloudtrailLoggingDisabled,
  AlertCloudtrailTampering,
  AlertCloudtrailTamperingFailed,
  AlertGuardDutyFindingProbe,
  AlertGuardDutyProbe,
};

const everyFiveMinutes = crontab({ minute: "*/5" });

export default definePack({
  alerts: {
    AlertCloudtrailLoggingDisabled: { task: AlertCloudtrailLoggingDisabled, schedule: everyFiveMinutes },
    AlertCloudtrailTampering: { task: AlertCloudtrailTampering, schedule: everyFiveMinutes },
    AlertCloudtrailTamperingFailed: { task: AlertCloudtrailTamperingFailed, schedule: everyFiveMinutes },
    AlertGuardDutyFindingProbe: { task: AlertGuardDutyFindingProbe, schedule: everyFiveMinutes },
    AlertGuardDutyProbe: { task: AlertGuardDutyProbe, schedule: everyFiveMinutes },
  },
});
