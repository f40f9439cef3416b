import { AlertTask, type AlertAbout, type AggregatedEvents } from "@mozdef/alert";
import { z } from "zod";
import { exceptFragment, fragment, scanSearch } from "../scan.ts";

const config = z.object({
  /** Sources of interest: a Lucene fragment for `details.sourceipaddress`. */
  sourcemustmatch: fragment.default("[10.0.0.0 TO 10.255.255.255]"),
  /** Sources that may scan: a Lucene fragment for `details.sourceipaddress`. */
  sourcemustnotmatch: exceptFragment.default(
    "10.33.44.54 OR 10.88.77.54 OR 10.76.54.54 OR 10.251.30.138 OR 10.54.65.234",
  ),
});

/** A machine of our own tries many services on many addresses. */
export class NSMScanRandom extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A machine of our own tries many services on many addresses.",
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
    return scanSearch({ note: "Scan::Random_Scan", window: { minutes: 1 } }, this.config);
  }

  onAggregation({ value, events }: AggregatedEvents) {
    return {
      summary: `Random scan from ${value}`,
      category: "nsm",
      tags: ["nsm", "bro", "randomscan"],
      severity: "WARNING",
      events,
    };
  }
}
