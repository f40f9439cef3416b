import {
  type AggregatedEvents,
  type AlertAbout,
  type AlertContext,
  AlertTask,
  type HookContext,
  listed,
  wholeCount,
} from "@mozdef/alert";
import { z } from "zod";
import type { FailedLogin } from "../failed-login.ts";
import { loginsOf, searchesForSuspects } from "../suspects.ts";

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

  main(context: AlertContext) {
    return searchesForSuspects(
      {
        name: "AlertSshDistributedGuessing",
        window: { minutes: this.config.window_minutes },
        by: "user",
        isSuspect: (logins) => sourcesOf(logins).size >= this.config.source_count,
      },
      context,
    );
  }

  onAggregation({ events, allEvents }: AggregatedEvents, { data: user }: HookContext<string>) {
    const sources = sourcesOf(loginsOf("user", user, allEvents));
    if (sources.size < this.config.source_count) return null;
    return {
      summary: `User ${user} tried over ssh from ${sources.size} sources: ${listed(sources)}`,
      category: "bruteforce",
      tags: ["ssh"],
      severity: "WARNING",
      groupkey: user,
      events,
    };
  }
}

const sourcesOf = (logins: readonly FailedLogin[]): ReadonlySet<string> => new Set(logins.map(({ source }) => source));
