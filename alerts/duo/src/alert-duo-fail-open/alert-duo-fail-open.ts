import { aggregation, AlertTask, type AlertAbout, type AggregatedEvents } from "@mozdef/alert";
import { PhraseMatch, SearchQuery } from "@mozdef/query";

/** A host lets users in without their second factor, since it does not reach Duo. */
export class AlertDuoFailOpen extends AlertTask {
  static readonly about: AlertAbout = {
    description: "A host lets users in without their second factor, since it does not reach Duo.",
    severity: "WARNING",
    attack: ["T1556.006"],
    falsePositives: [
      "An outage of Duo or of the network on the way to it: the logins are real, and still without a second factor.",
    ],
    triage: [
      "Does the host reach Duo's API now? Was it an outage (status.duo.com) or only this host?",
      "Who logged in meanwhile? Ask them.",
      "Was something changed on the way: firewall, DNS, clock? If so, by whom?",
    ],
  };

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
