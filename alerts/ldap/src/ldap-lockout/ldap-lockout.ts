import { AlertTask, eachEvent, textAt, type AlertAbout, type Hit } from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Who locks accounts: the distinguished name that the directory itself acts under. */
  actor: z.string().min(1).default("cn=admin,dc=mozilla"),
});

/** The directory has locked an account after too many wrong passwords. */
export class ldapLockout extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "The directory has locked an account after too many wrong passwords.",
    severity: "NOTICE",
    attack: ["T1110.001"],
    falsePositives: ["A phone or a program that still has the old password."],
    triage: [
      "Ask the user: a phone with the old password is the usual reason.",
      "Look at the failures before the lock (AlertLdapBruteforceUser): from which clients?",
      "Many locks at once: somebody tries passwords on many accounts, or wants to lock people out.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 15 }).must(
      TermMatch("category", "ldapChange"),
      TermMatch("details.actor", this.config.actor),
      PhraseMatch("details.changepairs", "replace:pwdAccountLockedTime"),
    );
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    return {
      summary: `${textAt(event, "details.dn")} LDAP account locked`,
      category: "ldap",
      tags: ["ldap"],
      severity: "NOTICE",
    };
  }
}
