import {
  aggregation,
  AlertTask,
  byCodePoint,
  distinct,
  textList,
  wholeCount,
  type AlertAbout,
  type AggregatedEvents,
  type Hit,
} from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Failed logins of one user that make an alert. */
  threshold_count: wholeCount.default(1),
  /** Look-back in minutes. */
  search_depth_min: wholeCount.default(60),
  /** Directory servers whose failures are of no interest. */
  host_exclusions: textList("comma").default(["foo.example.com", "bar.example.com"]),
});

/** Wrong passwords for one user of the directory. */
export class AlertLdapBruteforceUser extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Wrong passwords for one user of the directory.",
    severity: "WARNING",
    attack: ["T1110.001"],
    falsePositives: ["With the shipped threshold every mistyped password alerts: raise it."],
    triage: [
      "Which service is the client? Its own log has the address of the person.",
      "Look for a success of the same user afterwards.",
      "Many users from one client: read it as password spraying.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: this.config.search_depth_min })
      .must(TermMatch("category", "ldap"), TermMatch("details.response.error", "LDAP_INVALID_CREDENTIALS"))
      .mustNot(
        TermMatch("details.user", ""),
        ...this.config.host_exclusions.map((host) => TermMatch("details.server", host)),
      );
    return aggregation(query, { field: "details.user", samplesLimit: 10, threshold: this.config.threshold_count });
  }

  onAggregation({ value, events, allEvents }: AggregatedEvents) {
    return {
      summary: `LDAP Bruteforce Attack in Progress against user (${value}) from the following source ip(s): ${clientsOf(allEvents)}`,
      category: "bruteforce",
      tags: ["ldap"],
      severity: "WARNING",
      events,
    };
  }
}

/** How many clients the summary names. */
const SHOWN = 10;

/** The first ten clients in order; `...` says that ten or more are involved (MozDef also says so at exactly ten). */
const clientsOf = (events: readonly Hit[]): string => {
  const clients = [...distinct(events, "details.client")].sort(byCodePoint);
  return `${clients.slice(0, SHOWN).join(", ")}${clients.length >= SHOWN ? "..." : ""}`;
};
