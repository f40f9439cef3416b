import { AlertTask, eachEvent, textAt, textList, type AlertAbout, type Hit } from "@mozdef/alert";
import { any, ExistsMatch } from "@mozdef/query";
import { z } from "zod";
import { describeCall, TAMPERING, tamperingCalls } from "../trail-tampering.ts";

const config = z.object({
  /** Calls to look for. */
  event_names: textList("comma").default([...TAMPERING]),
});

/** Somebody has tried to make CloudTrail record less, and was refused or failed. */
export class AlertCloudtrailTamperingFailed extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Somebody has tried to make CloudTrail record less, and was refused or failed.",
    severity: "WARNING",
    attack: ["T1562.008"],
    falsePositives: ["A typing error in the name of a trail (`TrailNotFoundException`)."],
    triage: [
      "Does the caller have a reason to make this call?",
      "Look at their other refused calls: intruders try what their key can do.",
      "Withdraw the key when nobody can explain it.",
    ],
  };

  main() {
    const { event_names } = this.config;
    if (event_names.length === 0) return [];
    return eachEvent(tamperingCalls(event_names).must(any(ExistsMatch("errorcode"), ExistsMatch("details.errorcode"))));
  }

  onEvent(event: Hit) {
    const error = textAt(event, "details.errorcode", textAt(event, "errorcode"));
    return {
      summary: `Failed to make CloudTrail record less (${error}): ${describeCall(event)}`,
      category: "AWSCloudtrail",
      tags: ["cloudtrail", "aws", "cloudtrail_tampering"],
      severity: "WARNING",
    };
  }
}
