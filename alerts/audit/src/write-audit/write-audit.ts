import {
  aggregation,
  AlertTask,
  distinct,
  mostCommon,
  textAt,
  textList,
  type AlertAbout,
  type AggregatedEvents,
  type Hit,
} from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Processes that may write to watched paths. */
  skipprocess: textList("whitespace").default(["process1", "process2"]),
  /** Users whose writes are less remarkable. */
  expectedusers: textList("whitespace").default(["user1", "user2"]),
});

/** Two or more writes of one user to paths that auditd watches. */
export class WriteAudit extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Two or more writes of one user to paths that auditd watches.",
    severity: ["WARNING", "NOTICE"],
    attack: ["T1562.012"],
    falsePositives: ["Administrators and configuration management that the options do not name."],
    triage: [
      "What was changed? Compare with the configuration management.",
      "Is the person one who looks after audit?",
      "Are events of the host still coming in?",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 15 })
      .must(TermMatch("category", "write"), TermMatch("details.auditkey", "audit"))
      .mustNot(...this.config.skipprocess.map((name) => PhraseMatch("details.processname", name)));
    return aggregation(query, { field: "details.originaluser", samplesLimit: 10, threshold: 2 });
  }

  onAggregation({ value, count, events, allEvents }: AggregatedEvents) {
    const paths = pathsOf(events).join(", ");
    const users = distinct(events, "details.user").join(", ");
    return {
      summary: `${count} Filesystem write(s) to an auditd path (${paths || "unknown"}) by ${users || "unknown"} (${value})${hostsOf(allEvents)}`,
      category: "write",
      tags: ["audit"],
      severity: this.config.expectedusers.includes(value) ? "NOTICE" : "WARNING",
      events,
    };
  }
}

/** The second word of each summary: `Write: /etc/audit/audit.rules`. Summaries of one word have none. */
const pathsOf = (events: readonly Hit[]): readonly string[] => [
  ...new Set(events.map((event) => textAt(event, "summary").split(" ")[1] ?? "").filter((path) => path !== "")),
];

/** Where it happened, only when there was more than one host. The number is that of events; the word is MozDef's. */
const hostsOf = (events: readonly Hit[]): string => {
  const hosts = mostCommon(events, "hostname");
  if (hosts.length < 2) return "";
  return hosts
    .slice(0, 5)
    .map((host) => ` on ${host.value} (${host.count} hosts)`)
    .join("");
};
