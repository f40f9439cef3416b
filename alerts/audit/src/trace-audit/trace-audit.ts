import { aggregation, AlertTask, distinct, textList, type AlertAbout, type AggregatedEvents } from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Hosts on which tracing is expected, by their whole names. */
  hostfilter: textList("whitespace").default(["example.hostname.com"]),
});

/** Somebody watches what other processes do. */
export class TraceAudit extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Somebody watches what other processes do.",
    severity: "WARNING",
    attack: ["T1055.008"],
    falsePositives: ["An engineer who traces a program to find an error."],
    triage: [
      "Which process was traced? The arguments are in the event.",
      "Was an engineer looking for an error? Ask.",
      "A process that handles secrets: change them.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 5 })
      .must(TermMatch("details.processname", "strace"))
      .mustNot(...this.config.hostfilter.map((host) => PhraseMatch("hostname", host)));
    return aggregation(query, { field: "details.originaluser", samplesLimit: 10 });
  }

  onAggregation({ value, count, events }: AggregatedEvents) {
    const hosts = distinct(events, "hostname").join(",");
    return {
      summary: `${count} instances of Strace or Ptrace executed by ${value} on ${hosts}`,
      category: "trace",
      tags: ["audit"],
      severity: "WARNING",
      events,
    };
  }
}
