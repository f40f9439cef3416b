import {
  type AggregatedEvents,
  aggregation,
  type AlertAbout,
  AlertTask,
  distinct,
  type HookContext,
  listed,
  wholeCount,
} from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { attempts, failedLoginOf, failedLogins } from "../failed-login.ts";
import { notToldBy, usersIn } from "../told.ts";

const config = z.object({
  /** Failed logins of one source that make an alert. */
  threshold: wholeCount.default(100),
  /** Look-back in hours. */
  window_hours: wholeCount.default(24),
});

/** A hundred or more failed ssh logins from one source within a day, too slow for the other alerts. */
export class AlertSshSlowGuessing extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A hundred or more failed ssh logins from one source within a day, too slow for the other alerts.",
    severity: "WARNING",
    attack: ["T1110.001", "T1021.004"],
    falsePositives: ["A script or a monitor with a key or password that is out of date."],
    triage: [
      "Is the source yours? Mend the script.",
      "If not: it is meant not to be seen. Did it get in? Look for `Accepted` from the same source and network.",
      "Block the source, or let only keys in.",
    ],
  };

  main() {
    const { threshold, window_hours } = this.config;
    const query = failedLogins({ hours: window_hours }).mustNot(...notToldBy("AlertSshPasswordGuessing"));
    return aggregation(query, { field: "details.sourceipaddress", threshold, samplesLimit: 10 });
  }

  async onAggregation({ value, events, allEvents }: AggregatedEvents, { count }: HookContext) {
    const logins = allEvents.flatMap((event) => failedLoginOf(event) ?? []);
    const total = attempts(logins);
    if (total < this.config.threshold) return null;
    // Once in a window: what goes on is no news.
    const told = SearchQuery({ hours: this.config.window_hours }).must(
      TermMatch("alert_names", "AlertSshSlowGuessing"),
      TermMatch("details.sourceipaddress", value),
    );
    if ((await count(told)) > 0) return null;
    const hosts = listed(distinct(allEvents, "hostname"));
    return {
      summary: `${total} failed ssh logins from ${value} within ${this.config.window_hours} hours${usersIn(logins)} on ${hosts}`,
      category: "bruteforce",
      tags: ["ssh"],
      severity: "WARNING",
      events,
    };
  }
}
