import { AlertTask, sequence, step, type AggregatedEvents, type AlertAbout } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";

/** Hello world: one step five times, then another, with one value of `details.sourceipaddress` within 20 minutes. */
export class AlertHelloWorld extends AlertTask {
  static readonly about: AlertAbout = {
    description:
      "Hello world: one step five times, then another, with one value of `details.sourceipaddress` within 20 minutes.",
    severity: "WARNING",
    attack: [],
    falsePositives: [],
    triage: [
      "Look at the events in the alert.",
      "Say here what tells a false alarm from a real one, and what to do about each.",
    ],
  };

  main() {
    const query = SearchQuery().must(TermMatch("category", "helloworld"));
    const first = query.must(TermMatch("details.status", "failure"));
    const then = query.must(TermMatch("details.status", "success"));
    return sequence({ by: "details.sourceipaddress", within: { minutes: 20 }, samplesLimit: 10 }, [
      step(first, { times: 5 }),
      step(then),
    ]);
  }

  onAggregation({ value, count, events }: AggregatedEvents) {
    return {
      summary: `Hello world: both steps by ${value} in ${count} events`,
      category: "helloworld",
      tags: ["hello"],
      severity: "WARNING",
      events,
    };
  }
}
