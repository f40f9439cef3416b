import { AlertTask, eachEvent, textAt, type Hit } from "@mozdef/alert";
import { SearchQuery, TermMatch, WildcardMatch } from "@mozdef/query";

/** Somebody deletes an entry of the directory. */
export class ldapDelete extends AlertTask {
  main() {
    const query = SearchQuery({ minutes: 15 })
      .must(TermMatch("category", "ldapChange"), TermMatch("details.changetype", "delete"))
      .mustNot(WildcardMatch("details.actor", "*bind*"));
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    return {
      summary: `${textAt(event, "details.actor")} deleted ${textAt(event, "details.dn")}`,
      category: "ldap",
      tags: ["ldap"],
      severity: "INFO",
    };
  }
}
