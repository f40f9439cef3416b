import { aggregation, AlertTask, textList, type AlertAbout, type AggregatedEvents } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { listOf, proxyAlert } from "../proxy-alert.ts";

const config = z.object({
  /** Hosts where data is dropped; each is the whole host name, without subdomains. */
  exfil_domains: textList("comma").default(["pastebin.com", "www.sendspace.com"]),
});

/** A machine talks to a host that is known for dropping stolen data. */
export class AlertProxyExfilDomains extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A machine talks to a host that is known for dropping stolen data.",
    severity: "WARNING",
    attack: ["T1567"],
    falsePositives: ["Reading a page looks like writing one."],
    triage: [
      "Server or desktop? Which user?",
      "GET or POST, and how many bytes went out?",
      "Look at what the machine read before: databases, shares, mail.",
    ],
  };

  main() {
    const domains = this.config.exfil_domains.map((domain) => TermMatch("details.host", domain));
    if (domains.length === 0) return [];
    const query = SearchQuery({ minutes: 20 })
      .must(TermMatch("category", "proxy"))
      .should(...domains);
    return aggregation(query, { field: "details.sourceipaddress", samplesLimit: 10 });
  }

  onAggregation({ value, events, allEvents }: AggregatedEvents) {
    const hosts = listOf(allEvents, "details.host");
    return proxyAlert(
      `Proxy drop events detected from ${value} to the following domain(s) that are known for exfiltrating data: ${hosts}`,
      events,
    );
  }
}
