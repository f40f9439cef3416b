import { aggregation, AlertTask, type AggregatedEvents } from "@mozdef/alert";
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
