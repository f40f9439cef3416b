import { AlertTask, eachEvent, textAt, type AlertAbout, type Hit } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";

/** Somebody has stopped a trail: what follows in the account is not recorded. */
export class AlertCloudtrailLoggingDisabled extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Somebody has stopped a trail: what follows in the account is not recorded.",
    severity: "CRITICAL",
    attack: ["T1562.008"],
    falsePositives: ["Planned changes of a trail."],
    triage: [
      "Who called (`details.useridentity`), from where, with which key?",
      "Start the trail again (`aws cloudtrail start-logging`).",
      "Look at everything the same identity did in the hour before and, from other sources, after.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 30 })
      .must(TermMatch("source", "cloudtrail"), TermMatch("details.eventname", "StopLogging"))
      // The call that was refused has stopped nothing. CloudTrail's code is below details; older events have it on top.
      .mustNot(TermMatch("errorcode", "AccessDenied"), TermMatch("details.errorcode", "AccessDenied"));
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    return {
      summary: `Cloudtrail Logging Disabled: ${textAt(event, "details.requestparameters.name")}`,
      category: "AWSCloudtrail",
      tags: ["cloudtrail", "aws", "cloudtrail_logging_disabled"],
      severity: "CRITICAL",
    };
  }
}
