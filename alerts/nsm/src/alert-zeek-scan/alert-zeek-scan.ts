import {
  addHostname,
  aggregation,
  AlertTask,
  distinct,
  networkText,
  textList,
  type AlertAbout,
  type AggregatedEvents,
  type HookContext,
} from "@mozdef/alert";
import { any, SearchQuery, SubnetMatch, TermMatch, TermsMatch, WildcardMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Names of notices, with `*` for any characters. */
  notes: textList("comma").default(["Scan::*", "*_Scan", "*::*Scan"]),
  /** Networks of our own. */
  networks: textList("comma", networkText).default(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]),
  /** Machines and networks of our own that may scan. */
  scanners: textList("comma", networkText).default([]),
  /** Whether the scanner is shown with its name from reverse DNS. */
  reverse_dns: z.boolean().default(true),
});

/** A machine of our own scans, as whichever package of Zeek calls it. */
export class AlertZeekScan extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A machine of our own scans, as whichever package of Zeek calls it.",
    severity: "WARNING",
    attack: ["T1046"],
    falsePositives: ["A scanner of your own that is not in `scanners`."],
    triage: [
      "Is the source a scanner of your own that nobody has told you about? Add it to `scanners`.",
      "What was looked for? Look at the connections of the source in `conn.log`.",
      "A desktop or a server that scans: isolate it first.",
    ],
    replaces: ["NSMScanAddress", "NSMScanPort", "NSMScanRandom"],
  };

  main() {
    const { notes, networks, scanners } = this.config;
    if (notes.length === 0 || networks.length === 0) return [];
    const query = SearchQuery({ minutes: 15 })
      .must(
        TermsMatch("category", ["bro", "zeek"]),
        TermMatch("source", "notice"),
        any(...notes.map((note) => WildcardMatch("details.note", note))),
        any(...networks.map((network) => SubnetMatch("details.sourceipaddress", network))),
      )
      .mustNot(...scanners.map((network) => SubnetMatch("details.sourceipaddress", network)));
    return aggregation(query, { field: "details.sourceipaddress", samplesLimit: 10 });
  }

  async onAggregation({ value, count, events, allEvents }: AggregatedEvents, { dns }: HookContext) {
    const scanner = this.config.reverse_dns ? await addHostname(value, dns) : value;
    const notes = distinct(allEvents, "details.note").join(", ");
    return {
      summary: `Scan from ${scanner}: ${notes} (${count} notices)`,
      category: "nsm",
      tags: ["nsm", "zeek", "scan"],
      severity: "WARNING",
      events,
    };
  }
}
