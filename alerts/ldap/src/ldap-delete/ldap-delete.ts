import { AlertTask, eachEvent, textAt, type AlertAbout, type Hit } from "@mozdef/alert";
import { SearchQuery, TermMatch, WildcardMatch } from "@mozdef/query";

/** Somebody deletes an entry from the directory. */
export class ldapDelete extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Somebody deletes an entry from the directory.",
    severity: "INFO",
    attack: ["T1531"],
    falsePositives: ["Changes that somebody asked for."],
    triage: [
      "Who is the actor, and is there a request for the change?",
      "From where did they connect (slapd's connection log)?",
      "Undo it if nobody can explain it, and look at the actor's other changes.",
    ],
  };

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
