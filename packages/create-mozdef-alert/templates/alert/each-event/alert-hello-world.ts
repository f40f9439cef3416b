import { AlertTask, eachEvent, textAt, type AlertAbout, type Hit } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";

/** Hello world: an alert for each event of the last 20 minutes. */
export class AlertHelloWorld extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Hello world: an alert for each event of the last 20 minutes.",
    severity: "WARNING",
    attack: [],
    falsePositives: [],
    triage: [
      "Look at the event in the alert.",
      "Say here what tells a false alarm from a real one, and what to do about each.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 20 }).must(TermMatch("category", "helloworld"));
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    return {
      summary: `Hello world: ${textAt(event, "summary")}`,
      category: "helloworld",
      tags: ["hello"],
      severity: "WARNING",
      events: [event],
    };
  }
}
