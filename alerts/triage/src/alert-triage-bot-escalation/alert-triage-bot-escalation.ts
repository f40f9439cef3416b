import { AlertTask, eachEvent, severityName, textAt, webUrl, type AlertAbout, type Hit } from "@mozdef/alert";
import { ExistsMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Where to read on. */
  url: webUrl.default("https://www.mozilla.org"),
  severity: severityName.default("INFO"),
});

/** A user whom the triage bot asked says that it was somebody else. */
export class AlertTriageBotEscalation extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A user whom the triage bot asked says that it was somebody else.",
    severity: "INFO",
    attack: ["T1078"],
    triage: [
      "Open the alert the bot asked about (`details.identifier`).",
      "Call the user by phone, not by chat.",
      "Treat the account as taken until you know better.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 15 }).must(
      TermMatch("category", "triagebot"),
      TermMatch("details.userresponse", "no"),
      ExistsMatch("details.email"),
      ExistsMatch("details.identifier"),
    );
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    const identifier = textAt(event, "details.identifier");
    return {
      summary: `TriageBot Escalation for event: ${identifier} sent to PagerDuty per 'NO' response from User: ${textAt(event, "details.email")}`,
      category: "access",
      tags: ["triagebot_escalation"],
      severity: this.config.severity,
      url: this.config.url,
    };
  }
}
