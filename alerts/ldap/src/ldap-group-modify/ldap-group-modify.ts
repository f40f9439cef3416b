import { aggregation, AlertTask, type AlertAbout, type AggregatedEvents } from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch, WildcardMatch } from "@mozdef/query";

/** Somebody changes a group in the directory, other than by removing members. */
export class ldapGroupModify extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Somebody changes a group in the directory, other than by removing members.",
    severity: "INFO",
    attack: ["T1098.007"],
    falsePositives: ["Changes that somebody asked for."],
    triage: [
      "Which group, and who was added (`details.changepairs` in the events)?",
      "Is there a request for it?",
      "Privileged group and no request: undo it and treat the actor's account as taken.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 15 })
      .must(
        TermMatch("category", "ldapChange"),
        TermMatch("details.changetype", "modify"),
        PhraseMatch("summary", "groups"),
      )
      .mustNot(WildcardMatch("details.actor", "*bind*"), WildcardMatch("details.changepairs", "delete:*member*"));
    return aggregation(query, { field: "details.email", samplesLimit: 50 });
  }

  onAggregation({ value, events }: AggregatedEvents) {
    return {
      summary: `LDAP group change initiated by ${value}`,
      category: "ldap",
      tags: ["ldap"],
      severity: "INFO",
      events,
    };
  }
}
