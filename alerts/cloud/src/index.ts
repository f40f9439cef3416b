import { crontab, definePack } from "@mozdef/alert";
import { AlertCloudtrailLoggingDisabled } from "./alert-cloudtrail-logging-disabled/alert-cloudtrail-logging-disabled.ts";
import { AlertGuardDutyProbe } from "./alert-guard-duty-probe/alert-guard-duty-probe.ts";

export { AlertCloudtrailLoggingDisabled, AlertGuardDutyProbe };

export default definePack({
  alerts: {
    AlertCloudtrailLoggingDisabled: { task: AlertCloudtrailLoggingDisabled, schedule: crontab({ minute: "*/5" }) },
    AlertGuardDutyProbe: { task: AlertGuardDutyProbe, schedule: crontab({ minute: "*/5" }) },
  },
});
