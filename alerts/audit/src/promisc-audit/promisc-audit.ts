import { AlertTask, eachEvent, textAt, type Hit } from "@mozdef/alert";
import { PhraseMatch, QueryStringMatch, SearchQuery, TermMatch } from "@mozdef/query";

/** Auditd reports that a network interface listens to everything. */
export class PromiscAudit extends AlertTask {
  main() {
    const query = SearchQuery({ minutes: 2 })
      .must(TermMatch("category", "promiscuous"), PhraseMatch("summary", "promiscuous"), PhraseMatch("summary", "on"))
      // Containers plug such interfaces all the time.
      .mustNot(QueryStringMatch("details.dev: veth*"));
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    return {
      summary: `Promiscuous mode enabled on ${textAt(event, "hostname")}`,
      category: "promisc",
      tags: ["promisc", "audit"],
      severity: "WARNING",
    };
  }
}
