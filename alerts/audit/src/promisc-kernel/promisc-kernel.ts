import { aggregation, AlertTask, type AggregatedEvents } from "@mozdef/alert";
import { PhraseMatch, QueryStringMatch, SearchQuery, TermMatch } from "@mozdef/query";

/** The kernel reports that a network interface listens to everything. */
export class PromiscKernel extends AlertTask {
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
