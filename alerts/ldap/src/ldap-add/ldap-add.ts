import { AlertTask, eachEvent, textAt, type Hit } from "@mozdef/alert";
import { SearchQuery, TermMatch, WildcardMatch } from "@mozdef/query";

/** Somebody adds an entry of the directory. */
export class ldapAdd extends AlertTask {
  main() {
    const query = SearchQuery({ minutes: 15 })
      .must(TermMatch("category", "ldapChange"), TermMatch("details.changetype", "add"))
      .mustNot(WildcardMatch("details.actor", "*bind*"));
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    return {
      summary: `${textAt(event, "details.actor")} added ${textAt(event, "details.dn")}`,
      category: "ldap",
      tags: ["ldap"],
      severity: "INFO",
    };
  }
}
