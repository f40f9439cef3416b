import { crontab, definePack } from "@mozdef/alert";
import { AlertBugzillaPBruteforce } from "./alert-bugzilla-pbruteforce/alert-bugzilla-pbruteforce.ts";
import { AlertHTTPBruteforce } from "./alert-http-bruteforce/alert-http-bruteforce.ts";
import { AlertHTTPErrors } from "./alert-http-errors/alert-http-errors.ts";

export { AlertBugzillaPBruteforce, AlertHTTPBruteforce, AlertHTTPErrors };

const everyFiveMinutes = crontab({ minute: "*/5" });

export default definePack({
  alerts: {
    AlertBugzillaPBruteforce: { task: AlertBugzillaPBruteforce, schedule: everyFiveMinutes },
    AlertHTTPBruteforce: { task: AlertHTTPBruteforce, schedule: everyFiveMinutes },
    AlertHTTPErrors: { task: AlertHTTPErrors, schedule: everyFiveMinutes },
  },
});
