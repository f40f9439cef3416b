import { crontab, definePack } from "@mozdef/alert";
import { AlertBruteforceSsh } from "./alert-bruteforce-ssh/alert-bruteforce-ssh.ts";

export { AlertBruteforceSsh };

export default definePack({
  alerts: {
    AlertBruteforceSsh: { task: AlertBruteforceSsh, schedule: crontab({ minute: "*/1" }) },
  },
});
