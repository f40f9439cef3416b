import { AlertTask, eachEvent, textAt, type AlertAbout, type Hit } from "@mozdef/alert";
import { PhraseMatch, QueryStringMatch, SearchQuery, TermMatch } from "@mozdef/query";

/** Auditd reports that a network interface listens to everything. */
export class PromiscAudit extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Auditd reports that a network interface listens to everything.",
    severity: "WARNING",
    attack: ["T1040"],
    falsePositives: ["An administrator who runs `tcpdump`.", "A new bridge or virtual machine."],
    triage: [
      "Who was on the host, and did they run `tcpdump`?",
      "A new bridge or virtual machine does it too.",
      "Neither: look for the process that holds the socket (`ss -0 -p`).",
    ],
  };

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
