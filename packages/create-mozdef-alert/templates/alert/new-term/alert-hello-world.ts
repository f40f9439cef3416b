import { AlertTask, newTerm, type AggregatedEvents, type AlertAbout } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";

/** Hello world: a value of `details.sourceipaddress` that was not seen in the 14 days before. */
export class AlertHelloWorld extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Hello world: a value of `details.sourceipaddress` that was not seen in the 14 days before.",
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
    return newTerm(query, { field: "details.sourceipaddress", history: { days: 14 }, samplesLimit: 10 });
  }

  onAggregation({ value, events }: AggregatedEvents) {
    return {
      summary: `Hello world: ${value} for the first time`,
      category: "helloworld",
      tags: ["hello"],
      severity: "WARNING",
      events,
    };
  }
}
