import {
  type AggregatedEvents,
  aggregation,
  type AlertAbout,
  AlertTask,
  type HookContext,
  listed,
  wholeCount,
} from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { attempts, failedLoginOf, failedLogins } from "../failed-login.ts";
import { notToldBy, usersIn } from "../told.ts";

const config = z.object({
  /** Failed logins on one host that make an alert. */
  threshold: wholeCount.default(200),
  /** Distinct sources that they have to come from. */
  source_count: wholeCount.default(20),
  /** Look-back in hours. */
  window_hours: wholeCount.default(6),
  /** Hours until the same host alerts again. */
  quiet_hours: wholeCount.default(24),
});

/** Two hundred or more failed ssh logins on one host from twenty or more sources within six hours. */
export class AlertSshHostUnderAttack extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Two hundred or more failed ssh logins on one host from twenty or more sources within six hours.",
    severity: "WARNING",
    attack: ["T1110.003", "T1110.001", "T1021.004"],
    falsePositives: ["A host that the internet reaches is tried all the time: raise the numbers, or close the port."],
    triage: [
      "Do the sources belong together (one network, one provider)? Block the network.",
      "Do the users exist? Names that only you know mean that somebody has picked this host.",
      "Look for `Accepted` from any of the sources. Allow keys only.",
    ],
  };

  main() {
    const { threshold, window_hours } = this.config;
    const query = failedLogins({ hours: window_hours }).mustNot(
      ...notToldBy("AlertSshPasswordGuessing", "AlertSshPasswordSpraying", "AlertSshDistributedGuessing"),
    );
    return aggregation(query, { field: "hostname", threshold, samplesLimit: 10 });
  }

  async onAggregation({ value, events, allEvents }: AggregatedEvents, { count }: HookContext) {
    const { threshold, source_count, window_hours, quiet_hours } = this.config;
    const logins = allEvents.flatMap((event) => failedLoginOf(event) ?? []);
    const sources = new Set(logins.map(({ source }) => source));
    const total = attempts(logins);
    if (total < threshold || sources.size < source_count) return null;
    const told = SearchQuery({ hours: quiet_hours }).must(
      TermMatch("alert_names", "AlertSshHostUnderAttack"),
      TermMatch("hostname", value),
    );
    if ((await count(told)) > 0) return null;
    return {
      summary: `${total} failed ssh logins on ${value} from ${sources.size} sources within ${window_hours} hours${usersIn(logins)}: ${listed(sources)}`,
      category: "bruteforce",
      tags: ["ssh"],
      severity: "WARNING",
      events,
    };
  }
}
