import { aggregation, AlertTask, type AggregatedEvents } from "@mozdef/alert";
import { ExistsMatch, SearchQuery, TermMatch } from "@mozdef/query";

/** GuardDuty has seen one address try ports of our machines. */
export class AlertGuardDutyProbe extends AlertTask {
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
