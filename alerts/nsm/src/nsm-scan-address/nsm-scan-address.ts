import { AlertTask, type AlertAbout, type AggregatedEvents, type HookContext } from "@mozdef/alert";
import { z } from "zod";
import { exceptFragment, fragment, scannerOf, scanSearch } from "../scan.ts";

const config = z.object({
  /** Sources of interest: a Lucene fragment for `details.sourceipaddress`. */
  sourcemustmatch: fragment.default("[10.0.0.0 TO 10.255.255.255]"),
  /** Sources that may scan: a Lucene fragment for `details.sourceipaddress`. */
  sourcemustnotmatch: exceptFragment.default(
    "10.33.44.54 OR 10.88.77.54 OR 10.76.54.54 OR 10.251.30.138 OR 10.54.65.234",
  ),
  /** Whether the scanner is shown with its name from reverse DNS. */
  reverse_dns: z.boolean().default(true),
});

/** A machine of our own looks for one service on many addresses. */
export class NSMScanAddress extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A machine of our own looks for one service on many addresses.",
    severity: "NOTICE",
    attack: ["T1046"],
    falsePositives: ["A scanner of your own that is not among the exceptions."],
    triage: [
      "Is the source a scanner of your own that nobody has told you about? Add it to the exceptions.",
      "What was looked for? Look at the connections of the source in `conn.log`.",
      "A desktop or a server that scans: isolate it first.",
    ],
  };

  main() {
    return scanSearch({ note: "Scan::Address_Scan", window: { minutes: 1 } }, this.config);
  }

  async onAggregation({ value, events }: AggregatedEvents, { dns }: HookContext) {
    return {
      summary: `Address scan from ${await scannerOf(value, dns, this.config.reverse_dns)}`,
      category: "nsm",
      tags: ["nsm", "bro", "addressscan"],
      severity: "NOTICE",
      events,
    };
  }
}
