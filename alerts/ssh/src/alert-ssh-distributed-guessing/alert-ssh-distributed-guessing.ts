import { type AggregatedEvents, type AlertAbout, AlertTask, listed, wholeCount } from "@mozdef/alert";
import { z } from "zod";
import type { FailedLogin } from "../failed-login.ts";
import { loginsBy, loginsOf } from "../suspects.ts";

const config = z.object({
  /** Distinct sources that have to try one user. */
  source_count: wholeCount.default(10),
  /** Look-back in minutes. */
  window_minutes: wholeCount.default(60),
});

/** Ten or more sources try one user over ssh within an hour. */
export class AlertSshDistributedGuessing extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Ten or more sources try one user over ssh within an hour.",
    severity: "WARNING",
    attack: ["T1110.001", "T1021.004"],
    falsePositives: [
      "On a server that the internet reaches, `root` is tried from everywhere all the time: raise the number, or close the port.",
    ],
    triage: [
      "Is the user one of yours? A name that only you know has leaked.",
      "Look for a success of the user.",
      "Allow keys only; no root logins.",
    ],
  };

  main() {
    return loginsBy("user", { minutes: this.config.window_minutes });
  }

  onAggregation({ value: user, events, allEvents }: AggregatedEvents) {
    const sources = sourcesOf(loginsOf(allEvents));
    if (sources.size < this.config.source_count) return null;
    return {
      summary: `User ${user} tried over ssh from ${sources.size} sources: ${listed(sources)}`,
      category: "bruteforce",
      tags: ["ssh"],
      severity: "WARNING",
      events,
    };
  }
}

const sourcesOf = (logins: readonly FailedLogin[]): ReadonlySet<string> => new Set(logins.map(({ source }) => source));
