import { crontab, definePack } from "@mozdef/alert";
import { AlertAuthSignRelengSSH } from "./alert-auth-sign-releng-ssh/alert-auth-sign-releng-ssh.ts";
import { AlertBruteforceSsh } from "./alert-bruteforce-ssh/alert-bruteforce-ssh.ts";
import { AlertSSHAccess } from "./alert-ssh-access/alert-ssh-access.ts";
import { AlertSshDistributedGuessing } from "./alert-ssh-distributed-guessing/alert-ssh-distributed-guessing.ts";
import { AlertSshHostUnderAttack } from "./alert-ssh-host-under-attack/alert-ssh-host-under-attack.ts";
import { AlertSshLoginAfterFailures } from "./alert-ssh-login-after-failures/alert-ssh-login-after-failures.ts";
import { AlertSSHManyConns } from "./alert-ssh-many-conns/alert-ssh-many-conns.ts";
import { AlertSshPasswordGuessing } from "./alert-ssh-password-guessing/alert-ssh-password-guessing.ts";
import { AlertSshPasswordSpraying } from "./alert-ssh-password-spraying/alert-ssh-password-spraying.ts";
import { AlertSshSlowGuessing } from "./alert-ssh-slow-guessing/alert-ssh-slow-guessing.ts";
import { SessionOpenedUser } from "./session-opened-user/session-opened-user.ts";
import { SshLateral } from "./ssh-lateral/ssh-lateral.ts";

export {
  AlertAuthSignRelengSSH,
  AlertBruteforceSsh,
  AlertSSHAccess,
  AlertSshDistributedGuessing,
  AlertSshHostUnderAttack,
  AlertSshLoginAfterFailures,
  AlertSSHManyConns,
  AlertSshPasswordGuessing,
  AlertSshPasswordSpraying,
  AlertSshSlowGuessing,
  SessionOpenedUser,
  SshLateral,
};

const eachMinute = crontab({ minute: "*/1" });
const everyFiveMinutes = crontab({ minute: "*/5" });
const hourly = crontab({ minute: 7 });

export default definePack({
  alerts: {
    AlertAuthSignRelengSSH: { task: AlertAuthSignRelengSSH, schedule: everyFiveMinutes },
    AlertBruteforceSsh: { task: AlertBruteforceSsh, schedule: eachMinute },
    AlertSSHAccess: { task: AlertSSHAccess, schedule: everyFiveMinutes },
    AlertSshDistributedGuessing: { task: AlertSshDistributedGuessing, schedule: everyFiveMinutes },
    AlertSshHostUnderAttack: { task: AlertSshHostUnderAttack, schedule: hourly },
    AlertSshLoginAfterFailures: { task: AlertSshLoginAfterFailures, schedule: everyFiveMinutes },
    AlertSSHManyConns: { task: AlertSSHManyConns, schedule: everyFiveMinutes },
    AlertSshPasswordGuessing: { task: AlertSshPasswordGuessing, schedule: eachMinute },
    AlertSshPasswordSpraying: { task: AlertSshPasswordSpraying, schedule: everyFiveMinutes },
    AlertSshSlowGuessing: { task: AlertSshSlowGuessing, schedule: hourly },
    SessionOpenedUser: { task: SessionOpenedUser, schedule: everyFiveMinutes },
    SshLateral: { task: SshLateral, schedule: everyFiveMinutes },
  },
});
