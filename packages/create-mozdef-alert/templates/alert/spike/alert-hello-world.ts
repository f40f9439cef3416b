import { AlertTask, spike, type AggregatedEvents, type AlertAbout } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";

/** Hello world: three times as many events with one value of `details.sourceipaddress` as in the four hours before. */
export class AlertHelloWorld extends AlertTask {
  static readonly about: AlertAbout = {
    description:
      "Hello world: three times as many events with one value of `details.sourceipaddress` as in the four hours before.",
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
    return spike(query, {
      field: "details.sourceipaddress",
      baseline: { hours: 4 },
      factor: 3,
      atLeast: 10,
      samplesLimit: 10,
    });
  }

  onAggregation({ value, count, baseline, events }: AggregatedEvents) {
    return {
      summary: `Hello world: ${count} hits by ${value}, usual are ${Math.round(baseline)}`,
      category: "helloworld",
      tags: ["hello"],
      severity: "WARNING",
      events,
    };
  }
}
