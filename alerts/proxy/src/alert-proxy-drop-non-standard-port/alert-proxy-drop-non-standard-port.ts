import { aggregation, AlertTask, type AlertAbout, type AggregatedEvents } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { portList } from "../port-list.ts";
import { listOf, proxyAlert } from "../proxy-alert.ts";

const config = z.object({
  /** Ports to which tunnels are expected. */
  excludedports: portList.default(["443", "8443"]),
});

/** The proxy has refused a tunnel to an unusual port. */
export class AlertProxyDropNonStandardPort extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "The proxy has refused a tunnel to an unusual port.",
    severity: "WARNING",
    attack: ["T1571"],
    triage: [
      "Which service has the port (6667: chat, 9001: Tor, 3389: remote desktop)?",
      "Which program on the machine asked?",
      "Repeated at even intervals: read it as a call home.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 20 })
      .must(
        TermMatch("category", "proxy"),
        TermMatch("details.proxyaction", "TCP_DENIED"),
        TermMatch("details.method", "CONNECT"),
      )
      .mustNot(...this.config.excludedports.map((port) => TermMatch("details.destinationport", port)));
    return aggregation(query, { field: "details.sourceipaddress", samplesLimit: 10 });
  }

  onAggregation({ value, events, allEvents }: AggregatedEvents) {
    const destinations = listOf(allEvents, "details.destination");
    return proxyAlert(
      `Suspicious Proxy DROP event(s) detected from ${value} to the following non-std port destination(s): ${destinations}`,
      events,
    );
  }
}
