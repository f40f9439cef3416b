import { AlertTask, eachEvent, textAt, type Hit } from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Who locks accounts: the distinguished name that the directory itself acts under. */
  actor: z.string().min(1).default("cn=admin,dc=mozilla"),
});

/** The directory has locked an account after too many wrong passwords. */
export class ldapLockout extends AlertTask.withConfig(config) {
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
