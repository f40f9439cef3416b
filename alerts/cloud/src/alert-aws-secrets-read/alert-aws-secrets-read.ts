import { AlertTask, wholeCount, type AggregatedEvents, type AlertAbout, type HookContext } from "@mozdef/alert";
import { z } from "zod";
import { callOf, callsNamed, expectedCallers, type Call } from "../call.ts";
import { addressesOf, byCaller } from "../findings.ts";
import { MOST_A_CALL, SECRETS, type SecretKind } from "./secrets.ts";

const config = z.object({
  /** Secrets, passwords of Windows or user data of instances that one caller has to ask for. */
  secret_count: wholeCount.default(10),
  /** The same for parameters of Systems Manager: programs read many at once when they start. */
  parameter_count: wholeCount.default(30),
  /** Look-back in minutes. */
  window_minutes: wholeCount.default(60),
  /** Callers whose calls are expected. */
  expected_callers: expectedCallers,
});

/** One caller reads many secrets, passwords or encrypted parameters within an hour. */
export class AlertAwsSecretsRead extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "One caller reads many secrets, passwords or encrypted parameters within an hour.",
    severity: ["WARNING", "NOTICE"],
    attack: ["T1555.006", "T1552.005", "T1552"],
    falsePositives: ["A backup, an inventory or an operator of Kubernetes that reads all of them: name its role."],
    triage: [
      "Does the caller need all of them? A program reads its own few, again and again.",
      "If not: change every secret that was read, the most powerful first.",
      "Disable the credentials of the caller, and look at where else they were used.",
    ],
  };

  main() {
    const { window_minutes, expected_callers } = this.config;
    return Object.entries(SECRETS).map(([data, { names, isBatch }]) => ({
      // A batch asks for many in one call.
      ...byCaller(callsNamed({ minutes: window_minutes }, names, expected_callers), {
        // mozdef-mutate-ignore: the hook counts again, so that a lower threshold alerts on no more
        threshold: isBatch ? Math.ceil(this.leastOf(data) / MOST_A_CALL) : this.leastOf(data),
        samplesLimit: 10,
      }),
      data,
    }));
  }

  onAggregation({ value, events, allEvents }: AggregatedEvents, { data }: HookContext<string>) {
    const kind = SECRETS[data];
    if (kind === undefined) return null; // mozdef-mutate-ignore: main gives no other data
    const calls = allEvents.flatMap((event) => callOf(event) ?? []);
    const all = countOf(kind, calls);
    if (all < this.leastOf(data)) return null;
    const refused =
      all -
      countOf(
        kind,
        calls.filter(({ isRefused }) => !isRefused),
      );
    return {
      summary: `AWS secrets read: ${all} ${kind.words}${refused > 0 ? ` (${refused} refused)` : ""} by ${value} from ${addressesOf(allEvents)}`,
      category: "AWSCloudtrail",
      tags: ["cloudtrail", "aws", "secrets_read"],
      severity: refused < all ? "WARNING" : "NOTICE",
      events,
    };
  }

  private leastOf(kind: string): number {
    return kind === "parameters" ? this.config.parameter_count : this.config.secret_count;
  }
}

/** Each secret once, however often it is read: programs read their own again and again. */
const countOf = ({ asked }: SecretKind, calls: readonly Call[]): number => new Set(calls.flatMap(asked)).size;
