import { aggregation, AlertTask, type AggregatedEvents, type AlertAbout } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";

/** Hello world: events with one value of `details.sourceipaddress` within 20 minutes. */
export class AlertHelloWorld extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Hello world: events with one value of `details.sourceipaddress` within 20 minutes.",
    severity: "WARNING",
    attack: [],
    falsePositives: [],
    triage: [
      "Look at the events in the alert.",
      "Say here what tells a false alarm from a real one, and what to do about each.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 20 }).must(TermMatch("category", "helloworld"));
    return aggregation(query, { field: "details.sourceipaddress", samplesLimit: 10, threshold: 1 });
  }

  onAggregation({ value, count, events }: AggregatedEvents) {
    const hits = count === 1 ? "1 hit" : `${count} hits`;
    return {
      summary: `Hello world: ${hits} by ${value}`,
      category: "helloworld",
      tags: ["hello"],
      severity: "WARNING",
      events,
    };
  }
}
