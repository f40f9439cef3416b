import { crontab, definePack } from "@mozdef/alert";
import { AlertAuth0BruteforceUser } from "./alert-auth0-bruteforce-user/alert-auth0-bruteforce-user.ts";
import { AlertAuth0VerticalPasswordGuessing } from "./alert-auth0-vertical-password-guessing/alert-auth0-vertical-password-guessing.ts";

export { AlertAuth0BruteforceUser, AlertAuth0VerticalPasswordGuessing };

const everyFiveMinutes = crontab({ minute: "*/5" });

export default definePack({
  alerts: {
    AlertAuth0BruteforceUser: { task: AlertAuth0BruteforceUser, schedule: everyFiveMinutes },
    AlertAuth0VerticalPasswordGuessing: { task: AlertAuth0VerticalPasswordGuessing, schedule: everyFiveMinutes },
  },
});
