import { crontab, definePack } from "@mozdef/alert";
import { AlertAuth0BruteforceUser } from "./alert-auth0-bruteforce-user/alert-auth0-bruteforce-user.ts";
import { AlertAuth0VerticalPasswordGuessing } from "./alert-auth0-vertical-password-guessing/alert-auth0-vertical-password-guessing.ts";

export { AlertAuth0BruteforceUser, AlertAuth0VerticalPasswordGuessing };

export default definePack({
  alerts: {
    AlertAuth0BruteforceUser: { task: AlertAuth0BruteforceUser, schedule: crontab({ minute: "*/5" }) },
    AlertAuth0VerticalPasswordGuessing: {
      task: AlertAuth0VerticalPasswordGuessing,
      schedule: crontab({ minute: "*/5" }),
    },
  },
});
