import { crontab, definePack } from "@mozdef/alert";
import { AlertLdapBruteforceUser } from "./alert-ldap-bruteforce-user/alert-ldap-bruteforce-user.ts";
import { ldapAdd } from "./ldap-add/ldap-add.ts";
import { ldapDelete } from "./ldap-delete/ldap-delete.ts";
import { ldapGroupModify } from "./ldap-group-modify/ldap-group-modify.ts";
import { ldapLockout } from "./ldap-lockout/ldap-lockout.ts";

export { AlertLdapBruteforceUser, ldapAdd, ldapDelete, ldapGroupModify, ldapLockout };

export default definePack({
  alerts: {
    AlertLdapBruteforceUser: { task: AlertLdapBruteforceUser, schedule: crontab({ minute: "*/5" }) },
    ldapAdd: { task: ldapAdd, schedule: crontab({ minute: "*/5" }) },
    ldapDelete: { task: ldapDelete, schedule: crontab({ minute: "*/5" }) },
    ldapGroupModify: { task: ldapGroupModify, schedule: crontab({ minute: "*/5" }) },
    ldapLockout: { task: ldapLockout, schedule: crontab({ minute: "*/5" }) },
  },
});
