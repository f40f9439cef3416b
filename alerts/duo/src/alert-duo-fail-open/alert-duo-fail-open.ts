import { aggregation, AlertTask, type AggregatedEvents } from "@mozdef/alert";
import { PhraseMatch, SearchQuery } from "@mozdef/query";

/** A host lets users in without their second factor, since it does not reach Duo. */
export class AlertDuoFailOpen extends AlertTask {
  main() {
    const query = SearchQuery({ minutes: 15 }).must(PhraseMatch("summary", "Failsafe Duo login"));
    return aggregation(query, { field: "hostname", samplesLimit: 10 });
  }

  onAggregation({ value, events }: AggregatedEvents) {
    return {
      summary: `DuoSecurity contact failed, fail open triggered on ${value}`,
      category: "bypass",
      tags: ["openvpn", "duosecurity"],
      severity: "WARNING",
      events,
    };
  }
}
