import { aggregation, AlertTask, mostCommon, textList, type AggregatedEvents } from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch, TermsMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Addresses whose failures are expected: events with one of them in their summary are left out. */
  skiphosts: textList("whitespace").default(["11.22.33.44", "55.66.77.88"]),
});

/** Ten or more failed ssh logins from one address within two minutes. */
export class AlertBruteforceSsh extends AlertTask.withConfig(config) {
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
