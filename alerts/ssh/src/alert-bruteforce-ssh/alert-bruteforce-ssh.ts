import { aggregation, AlertTask, mostCommon, textList, type AlertAbout, type AggregatedEvents } from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch, TermsMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Addresses whose failures are expected: events with one of them in their summary are left out. */
  skiphosts: textList("whitespace").default(["11.22.33.44", "55.66.77.88"]),
});

/** Ten or more failed ssh logins from one address within two minutes. */
export class AlertBruteforceSsh extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Ten or more failed ssh logins from one address within two minutes.",
    severity: "NOTICE",
    attack: ["T1110.001", "T1021.004"],
    falsePositives: ["A monitoring probe, or a script with an old password."],
    triage: [
      "Is the address yours? A monitoring probe or a script with an old password is the usual finding: fix it or add it to `skiphosts`.",
      "Look for `Accepted` lines of the same address on the hosts named, during and after the burst.",
      "If there is one, treat the account as taken: end its sessions, change its keys and passwords, look at what it did.",
      "If the host should not be reachable from there, close the port.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 2 })
      .must(
        PhraseMatch("summary", "failed"),
        TermMatch("details.program", "sshd"),
        TermsMatch("summary", ["login", "invalid", "ldap_count_entries", "publickey", "keyboard"]),
      )
      .mustNot(...this.config.skiphosts.map((ip) => PhraseMatch("summary", ip)));
    return aggregation(query, { field: "details.sourceipaddress", samplesLimit: 10, threshold: 10 });
  }

  onAggregation({ value, count, events, allEvents }: AggregatedEvents) {
    const hosts = mostCommon(allEvents, "hostname", 5).map((host) => ` ${host.value} (${host.count} hits)`);
    return {
      summary: `${count} ssh bruteforce attempts by ${value}${hosts.join("")}`,
      category: "bruteforce",
      tags: ["ssh"],
      severity: "NOTICE",
      events,
    };
  }
}
