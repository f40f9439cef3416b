import { crontab, definePack } from "@mozdef/alert";
import { AlertProxyDropExecutable } from "./alert-proxy-drop-executable/alert-proxy-drop-executable.ts";
import { AlertProxyDropIP } from "./alert-proxy-drop-ip/alert-proxy-drop-ip.ts";
import { AlertProxyDropNonStandardPort } from "./alert-proxy-drop-non-standard-port/alert-proxy-drop-non-standard-port.ts";
import { AlertProxyExfilDomains } from "./alert-proxy-exfil-domains/alert-proxy-exfil-domains.ts";

export { AlertProxyDropExecutable, AlertProxyDropIP, AlertProxyDropNonStandardPort, AlertProxyExfilDomains };

const everyFiveMinutes = crontab({ minute: "*/5" });

export default definePack({
  alerts: {
    AlertProxyDropExecutable: { task: AlertProxyDropExecutable, schedule: everyFiveMinutes },
    AlertProxyDropIP: { task: AlertProxyDropIP, schedule: everyFiveMinutes },
    AlertProxyDropNonStandardPort: { task: AlertProxyDropNonStandardPort, schedule: everyFiveMinutes },
    AlertProxyExfilDomains: { task: AlertProxyExfilDomains, schedule: everyFiveMinutes },
  },
});
