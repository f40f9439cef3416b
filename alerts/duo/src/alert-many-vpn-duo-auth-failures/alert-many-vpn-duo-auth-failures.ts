import { aggregation, AlertTask, mostCommon, type AlertAbout, type AggregatedEvents } from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";

/** Five or more failed second factors of one VPN user within two minutes. */
export class AlertManyVPNDuoAuthFailures extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Five or more failed second factors of one VPN user within two minutes.",
    severity: "NOTICE",
    attack: ["T1621", "T1110"],
    triage: [
      "Is the address one the user is known by? Ask them.",
      "Did one attempt succeed in the end?",
      "Reset the password: whoever asks has it.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 2 }).must(
      TermMatch("category", "event"),
      TermMatch("tags", "duosecurity"),
      PhraseMatch("details.integration", "global and external openvpn"),
      PhraseMatch("details.result", "FAILURE"),
    );
    return aggregation(query, { field: "details.username", samplesLimit: 5, threshold: 5 });
  }

  onAggregation({ value, count, events, allEvents }: AggregatedEvents) {
    const sources = mostCommon(allEvents, "details.ip", 5).map((ip) => ` ${ip.value} (${ip.count} hits)`);
    return {
      summary: `${count} openvpn authentication attempts by ${value}${sources.join("")}`,
      category: "openvpn",
      tags: ["vpn", "auth", "duo"],
      severity: "NOTICE",
      events,
    };
  }
}
