import { aggregation, AlertTask, type AlertAbout, type AggregatedEvents } from "@mozdef/alert";
import { PhraseMatch, QueryStringMatch, SearchQuery, TermMatch } from "@mozdef/query";

/** The kernel reports that a network interface listens to everything. */
export class PromiscKernel extends AlertTask {
  static readonly about: AlertAbout = {
    description: "The kernel reports that a network interface listens to everything.",
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
      .must(TermMatch("category", "syslog"), PhraseMatch("summary", "promiscuous"), PhraseMatch("summary", "entered"))
      // Containers plug such interfaces all the time.
      .mustNot(QueryStringMatch("summary: veth*"));
    return aggregation(query, { field: "hostname", samplesLimit: 10 });
  }

  onAggregation({ value, count, events }: AggregatedEvents) {
    return {
      summary: `Promiscuous mode enabled on ${value} [${count}]`,
      category: "promisc",
      tags: ["promisc", "kernel"],
      severity: "WARNING",
      events,
    };
  }
}
