import { AlertTask, eachEvent, textAt, type AlertAbout, type Hit } from "@mozdef/alert";
import { SearchQuery, TermMatch, WildcardMatch } from "@mozdef/query";

/** Somebody adds an entry to the directory. */
export class ldapAdd extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Somebody adds an entry to the directory.",
    severity: "INFO",
    attack: ["T1136.002"],
    falsePositives: ["Changes that somebody asked for."],
    triage: [
      "Who is the actor, and is there a request for the change?",
      "From where did they connect (slapd's connection log)?",
      "Undo it if nobody can explain it, and look at the actor's other changes.",
    ],
  };

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
