import { aggregation, AlertTask, type AlertAbout, type AggregatedEvents } from "@mozdef/alert";
import { ExistsMatch, SearchQuery, TermMatch } from "@mozdef/query";

/** GuardDuty has seen one address try ports of our machines. */
export class AlertGuardDutyProbe extends AlertTask {
  static readonly about: AlertAbout = {
    description: "GuardDuty has seen one address try ports of our machines.",
    severity: "INFO",
    attack: ["T1595.001", "T1046"],
    falsePositives: ["Ports that are meant to be open to everybody."],
    triage: [
      "Which instance and port? They are in the finding.",
      "Should that port be open to everybody? Close it in the security group.",
      "Look for logins from the address.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 20 }).must(
      TermMatch("source", "guardduty"),
      TermMatch("details.finding.action.actionType", "PORT_PROBE"),
      ExistsMatch("details.sourceipaddress"),
    );
    return aggregation(query, { field: "details.sourceipaddress", samplesLimit: 10 });
  }

  onAggregation({ value, events }: AggregatedEvents) {
    return {
      summary: `Guard Duty Port Probe by ${value}`,
      category: "bruteforce",
      tags: ["guardduty", "bruteforce"],
      severity: "INFO",
      events,
    };
  }
}
