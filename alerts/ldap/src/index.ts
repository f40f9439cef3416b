import { crontab, definePack } from "@mozdef/alert";
import { AlertLdapBruteforceUser } from "./alert-ldap-bruteforce-user/alert-ldap-bruteforce-user.ts";
import { ldapAdd } from "./ldap-add/ldap-add.ts";
import { ldapDelete } from "./ldap-delete/ldap-delete.ts";
import { ldapGroupModify } from "./ldap-group-modify/ldap-group-modify.ts";
import { ldapLockout } from "./ldap-lockout/ldap-lockout.ts";

export { AlertLdapBruteforceUser, ldapAdd, ldapDelete, ldapGroupModify, ldapLockout };

const everyFiveMinutes = crontab({ minute: "*/5" });

export default definePack({
  alerts: {
    AlertLdapBruteforceUser: { task: AlertLdapBruteforceUser, schedule: everyFiveMinutes },
    ldapAdd: { task: ldapAdd, schedule: everyFiveMinutes },
    ldapDelete: { task: ldapDelete, schedule: everyFiveMinutes },
    ldapGroupModify: { task: ldapGroupModify, schedule: everyFiveMinutes },
    ldapLockout: { task: ldapLockout, schedule: everyFiveMinutes },
  },
});
