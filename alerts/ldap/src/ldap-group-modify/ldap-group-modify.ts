import { aggregation, AlertTask, type AggregatedEvents } from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch, WildcardMatch } from "@mozdef/query";

/** Somebody changes groups of the directory other than by removing members. */
export class ldapGroupModify extends AlertTask {
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
