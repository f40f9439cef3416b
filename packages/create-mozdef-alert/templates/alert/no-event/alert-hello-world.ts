import { AlertTask, noEvent, type AlertAbout } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";

/** Hello world: an alert when there was no event for 20 minutes. */
export class AlertHelloWorld extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Hello world: an alert when there was no event for 20 minutes.",
    severity: "WARNING",
    attack: [],
    falsePositives: [],
    triage: ["Find out whether the source has stopped, or the way from it to the store.", "Say here whom to call."],
  };

  main() {
    const query = SearchQuery({ minutes: 20 }).must(TermMatch("category", "helloworld"));
    return noEvent(query);
  }

  onNoEvent() {
    return {
      summary: "Hello world: no event for 20 minutes",
      category: "helloworld",
      tags: ["hello"],
      severity: "WARNING",
    };
  }
}
