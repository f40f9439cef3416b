import { type AggregatedEvents, type AlertAbout, AlertTask, distinct, listed, wholeCount } from "@mozdef/alert";
import { z } from "zod";
import { attempts } from "../failed-login.ts";
import { loginsBy, loginsOf } from "../suspects.ts";
import { usersIn } from "../told.ts";

const config = z.object({
  /** Failed logins of one source that make an alert. */
  threshold: wholeCount.default(10),
  /** Look-back in minutes. */
  window_minutes: wholeCount.default(10),
});

/** Ten or more failed ssh logins from one source within ten minutes, in whatever form the servers log them. */
export class AlertSshPasswordGuessing extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description:
      "Ten or more failed ssh logins from one source within ten minutes, in whatever form the servers log them.",
    severity: "WARNING",
    attack: ["T1110.001", "T1021.004"],
    falsePositives: [
      "Keys that a client offers one after the other count as failures: somebody with ten keys in the agent alerts.",
    ],
    triage: [
      "Is the source yours? Mend the script or the key.",
      "Did it get in? AlertSshLoginAfterFailures says so.",
      "If it goes on: block it, or let only keys in.",
    ],
    replaces: ["AlertBruteforceSsh"],
  };

  main() {
    return loginsBy("source", { minutes: this.config.window_minutes });
  }

  onAggregation({ value: source, events, allEvents }: AggregatedEvents) {
    const logins = loginsOf(allEvents);
    if (attempts(logins) < this.config.threshold) return null;
    return {
      summary: `${attempts(logins)} failed ssh logins from ${source}${usersIn(logins)} on ${listed(distinct(allEvents, "hostname"))}`,
      category: "bruteforce",
      tags: ["ssh"],
      severity: "WARNING",
      events,
    };
  }
}
