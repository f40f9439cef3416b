import { AlertTask, type AlertAbout, type AggregatedEvents, type HookContext } from "@mozdef/alert";
import { z } from "zod";
import { exceptFragment, exceptMatch, fragment, scannerOf, scanSearch } from "../scan.ts";

const config = z.object({
  /** Sources of interest: a Lucene fragment for `details.sourceipaddress`. */
  sourcemustmatch: fragment.default("[10.0.0.0 TO 10.255.255.255]"),
  /** Sources that may scan: a Lucene fragment for `details.sourceipaddress`. */
  sourcemustnotmatch: exceptFragment.default("10.54.65.234"),
  /** Targets that may be scanned: a Lucene fragment for `details.msg`, Zeek's sentence about the scan. */
  destinationmustnotmatch: exceptFragment.default("*192.168*"),
  /** Whether the scanner is shown with its name from reverse DNS. */
  reverse_dns: z.boolean().default(true),
});

/** A machine of our own looks for many services on one address. */
export class NSMScanPort extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A machine of our own looks for many services on one address.",
    severity: "WARNING",
    attack: ["T1046"],
    falsePositives: ["A scanner of your own that is not among the exceptions."],
    triage: [
      "Is the source a scanner of your own that nobody has told you about? Add it to the exceptions.",
      "What was looked for? Look at the connections of the source in `conn.log`.",
      "A desktop or a server that scans: isolate it first.",
    ],
  };

  main() {
    return scanSearch(
      { note: "Scan::Port_Scan", window: { minutes: 2 } },
      this.config,
      ...exceptMatch("details.msg", this.config.destinationmustnotmatch),
    );
  }

  async onAggregation({ value, events }: AggregatedEvents, { dns }: HookContext) {
    return {
      summary: `Port scan from ${await scannerOf(value, dns, this.config.reverse_dns)}`,
      category: "nsm",
      tags: ["nsm", "bro", "portscan"],
      severity: "WARNING",
      events,
    };
  }
}
