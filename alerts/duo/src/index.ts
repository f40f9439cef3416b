import { crontab, definePack } from "@mozdef/alert";
import { AlertDuoAuthFail } from "./alert-duo-auth-fail/alert-duo-auth-fail.ts";
import { AlertDuoFailOpen } from "./alert-duo-fail-open/alert-duo-fail-open.ts";
import { AlertDuoFraudReported } from "./alert-duo-fraud-reported/alert-duo-fraud-reported.ts";
import { AlertManyVPNDuoAuthFailures } from "./alert-many-vpn-duo-auth-failures/alert-many-vpn-duo-auth-failures.ts";

export { AlertDuoAuthFail, AlertDuoFailOpen, AlertDuoFraudReported, AlertManyVPNDuoAuthFailures };

const eachMinute = crontab({ minute: "*/1" });
const everyFiveMinutes = crontab({ minute: "*/5" });

export default definePack({
  alerts: {
    AlertDuoAuthFail: { task: AlertDuoAuthFail, schedule: everyFiveMinutes },
    AlertDuoFailOpen: { task: AlertDuoFailOpen, schedule: everyFiveMinutes },
    AlertDuoFraudReported: { task: AlertDuoFraudReported, schedule: everyFiveMinutes },
    AlertManyVPNDuoAuthFailures: { task: AlertManyVPNDuoAuthFailures, schedule: eachMinute },
  },
});
