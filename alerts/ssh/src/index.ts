import { crontab, definePack } from "@mozdef/alert";
import { AlertAuthSignRelengSSH } from "./alert-auth-sign-releng-ssh/alert-auth-sign-releng-ssh.ts";
import { AlertBruteforceSsh } from "./alert-bruteforce-ssh/alert-bruteforce-ssh.ts";
import { AlertSSHAccess } from "./alert-ssh-access/alert-ssh-access.ts";
import { AlertSSHManyConns } from "./alert-ssh-many-conns/alert-ssh-many-conns.ts";
import { SessionOpenedUser } from "./session-opened-user/session-opened-user.ts";
import { SshLateral } from "./ssh-lateral/ssh-lateral.ts";

export { AlertAuthSignRelengSSH, AlertBruteforceSsh, AlertSSHAccess, AlertSSHManyConns, SessionOpenedUser, SshLateral };

const eachMinute = crontab({ minute: "*/1" });
const everyFiveMinutes = crontab({ minute: "*/5" });

export default definePack({
  alerts: {
    AlertAuthSignRelengSSH: { task: AlertAuthSignRelengSSH, schedule: everyFiveMinutes },
    AlertBruteforceSsh: { task: AlertBruteforceSsh, schedule: eachMinute },
    AlertSSHAccess: { task: AlertSSHAccess, schedule: everyFiveMinutes },
    AlertSSHManyConns: { task: AlertSSHManyConns, schedule: everyFiveMinutes },
    SessionOpenedUser: { task: SessionOpenedUser, schedule: everyFiveMinutes },
    SshLateral: { task: SshLateral, schedule: everyFiveMinutes },
  },
});
