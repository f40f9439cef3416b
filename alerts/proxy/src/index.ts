import { crontab, definePack } from "@mozdef/alert";
import { AlertProxyDropExecutable } from "./alert-proxy-drop-executable/alert-proxy-drop-executable.ts";
import { AlertProxyDropIP } from "./alert-proxy-drop-ip/alert-proxy-drop-ip.ts";
import { AlertProxyDropNonStandardPort } from "./alert-proxy-drop-non-standard-port/alert-proxy-drop-non-standard-port.ts";
import { AlertProxyExfilDomains } from "./alert-proxy-exfil-domains/alert-proxy-exfil-domains.ts";

export { AlertProxyDropExecutable, AlertProxyDropIP, AlertProxyDropNonStandardPort, AlertProxyExfilDomains };

export default definePack({
  alerts: {
    AlertProxyDropExecutable: { task: AlertProxyDropExecutable, schedule: crontab({ minute: "*/5" }) },
    AlertProxyDropIP: { task: AlertProxyDropIP, schedule: crontab({ minute: "*/5" }) },
    AlertProxyDropNonStandardPort: { task: AlertProxyDropNonStandardPort, schedule: crontab({ minute: "*/5" }) },
    AlertProxyExfilDomains: { task: AlertProxyExfilDomains, schedule: crontab({ minute: "*/5" }) },
  },
});
