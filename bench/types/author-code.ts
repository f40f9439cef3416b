// What authors of alerts write, as text, in any amount.

/** A source that is type-checked by itself. */
export interface Sample {
  readonly name: string;
  readonly text: string;
  /** Type instantiations above which the benchmark fails: what it took when this was written, and a quarter. */
  readonly limit: number;
}

const repeated = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");

const CLAUSES = (index: number): string => `
    TermMatch("details.program${index}", "sshd"),
    PhraseMatch("summary", "failed ${index}"),
    TermsMatch("hostname", ["web${index}", "db${index}"]),
    ExistsMatch("details.seen${index}"),
    RangeMatch("receivedtimestamp", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"),
    WildcardMatch("source", "access*${index}"),
    SubnetMatch("details.sourceipaddress", "192.0.2.0/24"),
    any(TermMatch("category", "a"), all(TermMatch("severity", "INFO"), QueryStringMatch("summary: x"))),`;

const QUERY_IMPORTS = `import { all, any, ExistsMatch, PhraseMatch, QueryStringMatch, RangeMatch, SearchQuery, SubnetMatch, TermMatch, TermsMatch, WildcardMatch } from "@mozdef/query";`;

const query = (count: number): string => `
${QUERY_IMPORTS}
export const query = SearchQuery({ minutes: 5 }).must(${repeated(count, CLAUSES)}
);`;

const alert = (index: number): string => `
const config${index} = z.object({
  skiphosts: textList("whitespace").default(["192.0.2.7"]),
  threshold: wholeCount.default(${index + 1}),
});

export class AlertSample${index} extends AlertTask.withConfig(config${index}) {
  main() {
    const query = SearchQuery({ minutes: 2 })
      .must(${CLAUSES(index)}
      )
      .mustNot(...this.config.skiphosts.map((ip) => PhraseMatch("summary", ip)));
    return aggregation(query, { field: "details.sourceipaddress", samplesLimit: 10, threshold: this.config.threshold });
  }

  onAggregation({ value, count, events, allEvents }: AggregatedEvents) {
    const hosts = mostCommon(allEvents, "hostname", 5).map((host) => host.value);
    return { summary: \`\${count} by \${value} \${hosts.join(" ")}\`, category: "bruteforce", tags: ["ssh"], severity: "NOTICE", events };
  }
}`;

const pack = (count: number): string => `
import { aggregation, AlertTask, crontab, definePack, mostCommon, textList, wholeCount, type AggregatedEvents } from "@mozdef/alert";
${QUERY_IMPORTS}
import { z } from "zod";
${repeated(count, alert)}

const schedule = crontab({ minute: "*/5" });
export default definePack({
  alerts: {
${repeated(count, (index) => `    AlertSample${index}: { task: AlertSample${index}, schedule },`)}
  },
});`;

export const SAMPLES: readonly Sample[] = [
  { name: "one alert with a configuration, in a pack", text: pack(1), limit: 4_600 },
  { name: "a pack of 50 alerts", text: pack(50), limit: 25_500 },
  { name: "a query of 800 clauses", text: query(100), limit: 3_900 },
];
