import { type AggregatedEvents, type AlertAbout, AlertTask, listed, wholeCount } from "@mozdef/alert";
import { z } from "zod";
import type { FailedLogin } from "../failed-login.ts";
import { loginsBy, loginsOf } from "../suspects.ts";

const config = z.object({
  /** Distinct users that one source has to try. */
  user_count: wholeCount.default(10),
  /** Look-back in minutes. */
  window_minutes: wholeCount.default(60),
});

/** One source tries ten or more users over ssh within an hour. */
export class AlertSshPasswordSpraying extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "One source tries ten or more users over ssh within an hour.",
    severity: "WARNING",
    attack: ["T1110.003", "T1021.004"],
    triage: [
      "Which of the users exist? Do the names come from your own directory?",
      "Look for a success of any of them.",
      "Block the source.",
    ],
  };

  main() {
    return loginsBy("source", { minutes: this.config.window_minutes });
  }

  onAggregation({ value: source, events, allEvents }: AggregatedEvents) {
    const users = usersOf(loginsOf(allEvents));
    if (users.size < this.config.user_count) return null;
    return {
      summary: `${users.size} users tried over ssh from ${source}: ${listed(users)}`,
      category: "bruteforce",
      tags: ["ssh"],
      severity: "WARNING",
      events,
    };
  }
}

const usersOf = (logins: readonly FailedLogin[]): ReadonlySet<string> =>
  new Set(logins.flatMap(({ user }) => user ?? []));
