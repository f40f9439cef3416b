import { AlertTask, textList, wholeCount, type AggregatedEvents, type AlertAbout } from "@mozdef/alert";
import { z } from "zod";
import { callsNamed, expectedCallers, type Call } from "../call.ts";
import { textsBelow, type Parameters } from "../call-parameters.ts";
import { alertOfFindings, byCaller, type Finding } from "../findings.ts";

const config = z.object({
  /** Buckets and log groups that hold logs, with `*` for any characters, in lower case. */
  log_names: textList("comma").default(["*trail*", "*audit*", "*flow*log*", "*access*log*", "*log*archive*"]),
  /** Days that logs have to be kept. */
  shortest_days: wholeCount.default(30),
  /** Callers whose calls are expected. */
  expected_callers: expectedCallers,
});

const BUCKET = ["bucketname"];
const GROUP = ["loggroupname"];

/** Somebody has deleted logs, or has them deleted early. */
export class AlertAwsLogRetentionCut extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Somebody has deleted logs, or has them deleted early.",
    severity: ["CRITICAL", "WARNING", "NOTICE"],
    attack: ["T1562.008", "T1070", "T1485.001"],
    falsePositives: [
      "A stack with logs of its own that is being taken down.",
      "A bucket with a name like one for logs.",
    ],
    triage: [
      "Is it where CloudTrail, flow logs or load balancers write? Then copy what is there before it expires.",
      "Take the rule back; put object lock on the bucket.",
      "Who called, and what did they not want to be seen? Look at the hours before.",
    ],
  };

  main() {
    const { log_names, expected_callers } = this.config;
    if (log_names.length === 0) return [];
    return byCaller(callsNamed({ minutes: 30 }, CALLS, expected_callers));
  }

  onAggregation(group: AggregatedEvents) {
    return alertOfFindings(group, {
      headline: "AWS logs are kept for less time",
      tag: "log_retention_cut",
      judge: (call) => (this.holdsLogs(call) ? this.judged(call) : null),
    });
  }

  private judged({ name, parameters }: Call): Finding | null {
    switch (name) {
      case "DeleteBucket":
        return { what: "bucket with logs deleted", of: BUCKET, severity: "CRITICAL" };
      case "DeleteLogGroup":
        return { what: "log group deleted", of: GROUP, severity: "CRITICAL" };
      case "PutBucketVersioning":
        return textsBelow(parameters, "status").includes("Suspended")
          ? { what: "versions no longer kept", of: BUCKET, severity: "WARNING" }
          : null;
      case "PutRetentionPolicy":
        return this.areFew(textsBelow(parameters, "retentionindays"))
          ? { what: "log group with short retention", of: GROUP, severity: "WARNING" }
          : null;
      default:
        return this.areFew(expiryOf(parameters))
          ? { what: "logs in a bucket expire early", of: BUCKET, severity: "CRITICAL" }
          : null;
    }
  }

  private areFew(days: readonly string[]): boolean {
    return days.some((text) => Number(text) < this.config.shortest_days);
  }

  private holdsLogs({ parameters }: Call): boolean {
    const [name = ""] = textsBelow(parameters, ...BUCKET, ...GROUP);
    return this.config.log_names.some((pattern) => fits(name.toLowerCase(), pattern));
  }
}

const CALLS = ["PutBucketLifecycle", "DeleteBucket", "PutBucketVersioning", "DeleteLogGroup", "PutRetentionPolicy"];

/** Days until objects are deleted; days until they move to another class of storage are not meant. */
const expiryOf = (parameters: Parameters): readonly string[] => [
  ...daysIn(parameters, "expiration", "days"),
  ...daysIn(parameters, "noncurrentversionexpiration", "noncurrentdays"),
];

const daysIn = (value: unknown, part: string, key: string): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((element) => daysIn(element, part, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === part ? textsBelow(inner, key) : daysIn(inner, part, key),
  );
};

/** Whether all parts between the `*` of a pattern are there, in their order. */
const fits = (name: string, pattern: string): boolean => {
  const [first = "", ...rest] = pattern.split("*");
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.endsWith(rest.at(-1) ?? first) && (rest.length > 0 || name === first);
};
