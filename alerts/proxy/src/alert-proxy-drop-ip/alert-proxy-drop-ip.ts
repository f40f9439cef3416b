import {
  addressText,
  aggregation,
  AlertTask,
  isAddress,
  textList,
  valuesAt,
  type AlertAbout,
  type AggregatedEvents,
  type Hit,
} from "@mozdef/alert";
import { QueryStringMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { listOf, proxyAlert } from "../proxy-alert.ts";

const config = z.object({
  /** Addresses that may be asked for, e.g. the metadata service of a cloud. */
  ip_whitelist: textList("comma", addressText).default(["169.254.169.254"]),
});

/** More in one alert would be refused by the store. */
const MOST_EVENTS = 10_000;

/** The proxy has refused a request to a bare address instead of a name. */
export class AlertProxyDropIP extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "The proxy has refused a request to a bare address instead of a name.",
    severity: "WARNING",
    attack: ["T1071.001"],
    triage: [
      "What is the address: reverse name, owner, reputation?",
      "Which program on the machine asked?",
      "Did other machines ask for it as well?",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 20 })
      .must(
        TermMatch("category", "proxy"),
        TermMatch("details.proxyaction", "TCP_DENIED"),
        // How an address can start; names that start the same way are removed later.
        QueryStringMatch("details.host: /[0-9a-fA-F:\\[].*/"),
      )
      .mustNot(...this.config.ip_whitelist.map((ip) => TermMatch("details.host", ip)));
    return aggregation(query, { field: "details.sourceipaddress", samplesLimit: MOST_EVENTS });
  }

  onAggregation({ value, allEvents }: AggregatedEvents) {
    const toAddresses = allEvents.filter(isToAddress);
    if (toAddresses.length === 0) return null;
    return proxyAlert(
      `Suspicious Proxy DROP event(s) detected from ${value} to the following IP-based destination(s): ${listOf(toAddresses, "details.host")}`,
      toAddresses.slice(0, MOST_EVENTS),
    );
  }
}

const isToAddress = (event: Hit): boolean =>
  valuesAt(event._source, "details.host").some((host) => isAddress(withoutBrackets(String(host))));

/** IPv6 addresses stand in brackets in URLs. */
const withoutBrackets = (host: string): string =>
  host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
