import { crontab, definePack } from "@mozdef/alert";
import { AlertDuoAuthFail } from "./alert-duo-auth-fail/alert-duo-auth-fail.ts";
import { AlertDuoFailOpen } from "./alert-duo-fail-open/alert-duo-fail-open.ts";
import { AlertManyVPNDuoAuthFailures } from "./alert-many-vpn-duo-auth-failures/alert-many-vpn-duo-auth-failures.ts";

export { AlertDuoAuthFail, AlertDuoFailOpen, AlertManyVPNDuoAuthFailures };

export default definePack({
  alerts: {
    AlertDuoAuthFail: { task: AlertDuoAuthFail, schedule: crontab({ minute: "*/5" }) },
    AlertDuoFailOpen: { task: AlertDuoFailOpen, schedule: crontab({ minute: "*/5" }) },
    AlertManyVPNDuoAuthFailures: { task: AlertManyVPNDuoAuthFailures, schedule: crontab({ minute: "*/1" }) },
  },
});
