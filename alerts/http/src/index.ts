import { crontab, definePack } from "@mozdef/alert";
import { AlertBugzillaPBruteforce } from "./alert-bugzilla-pbruteforce/alert-bugzilla-pbruteforce.ts";
import { AlertHTTPBruteforce } from "./alert-http-bruteforce/alert-http-bruteforce.ts";
import { AlertHTTPErrors } from "./alert-http-errors/alert-http-errors.ts";

export { AlertBugzillaPBruteforce, AlertHTTPBruteforce, AlertHTTPErrors };

export default definePack({
  alerts: {
    AlertBugzillaPBruteforce: { task: AlertBugzillaPBruteforce, schedule: crontab({ minute: "*/5" }) },
    AlertHTTPBruteforce: { task: AlertHTTPBruteforce, schedule: crontab({ minute: "*/5" }) },
    AlertHTTPErrors: { task: AlertHTTPErrors, schedule: crontab({ minute: "*/5" }) },
  },
});
