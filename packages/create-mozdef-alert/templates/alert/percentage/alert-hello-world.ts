import { AlertTask, percentage, type AggregatedEvents, type AlertAbout } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";

/** Hello world: half of the events with one value of `details.sourceipaddress` within 20 minutes. */
export class AlertHelloWorld extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Hello world: half of the events with one value of `details.sourceipaddress` within 20 minutes.",
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
    const meant = query.must(TermMatch("details.status", "failure"));
    return percentage(meant, {
      of: query,
      field: "details.sourceipaddress",
      atLeast: 50,
      minimum: 10,
      samplesLimit: 10,
    });
  }

  onAggregation({ value, count, baseline, events }: AggregatedEvents) {
    return {
      summary: `Hello world: ${count} of ${baseline} events by ${value}`,
      category: "helloworld",
      tags: ["hello"],
      severity: "WARNING",
      events,
    };
  }
}
