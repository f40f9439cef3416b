import { AlertTask, textList, type AggregatedEvents, type AlertAbout } from "@mozdef/alert";
import { z } from "zod";
import { callsNamed, expectedCallers, type Call } from "../call.ts";
import { alertOfFindings, byCaller, type Finding } from "../findings.ts";
import { EVERYBODY } from "../policy.ts";
import { SHARED } from "./shared.ts";

const config = z.object({
  /** Accounts that things may be shared with, beside the one of the call. */
  own_accounts: textList("comma").default([]),
  /** Callers whose calls are expected. */
  expected_callers: expectedCallers,
});

/** Somebody has shared data or a function with another account or with everybody. */
export class AlertAwsResourceShared extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Somebody has shared data or a function with another account or with everybody.",
    severity: ["WARNING", "CRITICAL", "NOTICE"],
    attack: ["T1537", "T1530", "T1098"],
    falsePositives: [
      "Images and buckets that are meant for everybody.",
      "Accounts of your own or of a partner that are not in `own_accounts`.",
    ],
    triage: [
      "Whose account is it? Nobody knows: take the permission back at once.",
      "A snapshot or an image that was shared has to be taken for copied. What is on it? Change every secret there.",
      "A function: who has called it since?",
    ],
  };

  main() {
    return byCaller(callsNamed({ minutes: 30 }, Object.keys(SHARED), this.config.expected_callers));
  }

  onAggregation(group: AggregatedEvents) {
    return alertOfFindings(group, {
      headline: "AWS resources shared",
      tag: "resource_shared",
      judge: (call) => this.judged(call),
    });
  }

  private judged({ name, parameters, account }: Call): Finding | null {
    // mozdef-mutate-ignore: the query finds calls of these names only
    const shared = Object.hasOwn(SHARED, name) ? SHARED[name] : undefined;
    const strangers = shared?.strangers(parameters, [account, ...this.config.own_accounts]) ?? [];
    // mozdef-mutate-ignore: the query finds calls of these names only
    if (shared === undefined || strangers.length === 0) return null;
    const severity = strangers.includes(EVERYBODY) ? "CRITICAL" : "WARNING";
    return { what: `${shared.what} for ${strangers.join(" and ")}`, of: shared.of, severity };
  }
}
