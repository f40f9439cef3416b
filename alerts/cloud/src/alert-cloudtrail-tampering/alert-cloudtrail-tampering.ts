import { AlertTask, eachEvent, textAt, textList, type AlertAbout, type Hit } from "@mozdef/alert";
import { ExistsMatch } from "@mozdef/query";
import { z } from "zod";
import { describeCall, TAMPERING, tamperingCalls } from "../trail-tampering.ts";

const config = z.object({
  /** Calls to look for. */
  event_names: textList("comma").default([...TAMPERING]),
});

/** Calls after which nothing more is recorded; the others may be a change that was planned. */
const ENDS_RECORDING = new Set(["StopLogging", "DeleteTrail", "DeleteEventDataStore", "StopEventDataStoreIngestion"]);

/** Somebody has made CloudTrail record less, in whatever way. */
export class AlertCloudtrailTampering extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Somebody has made CloudTrail record less, in whatever way.",
    severity: ["CRITICAL", "WARNING"],
    attack: ["T1562.008"],
    falsePositives: ["Planned changes: one that selects more alerts as well as one that selects less."],
    triage: [
      "Was it planned (infrastructure as code, change record)?",
      "If not: who called, with which key, from where? Start the trail again.",
      "Look at what the same identity did before, and with GuardDuty and flow logs at what came after.",
    ],
    replaces: ["AlertCloudtrailLoggingDisabled"],
  };

  main() {
    const { event_names } = this.config;
    if (event_names.length === 0) return [];
    return eachEvent(tamperingCalls(event_names).mustNot(ExistsMatch("errorcode"), ExistsMatch("details.errorcode")));
  }

  onEvent(event: Hit) {
    return {
      summary: `CloudTrail records less: ${describeCall(event)}`,
      category: "AWSCloudtrail",
      tags: ["cloudtrail", "aws", "cloudtrail_tampering"],
      severity: ENDS_RECORDING.has(textAt(event, "details.eventname")) ? "CRITICAL" : "WARNING",
    };
  }
}
