import { AlertTask, eachEvent, textAt, type AlertAbout, type Hit } from "@mozdef/alert";
import { ExistsMatch, SearchQuery, TermMatch } from "@mozdef/query";

/** A certificate on abuse.ch's list of those that malware uses was seen. */
export class AlertSSLBlacklistHit extends AlertTask {
  static readonly about: AlertAbout = {
    description: "A certificate on abuse.ch's list of those that malware uses was seen.",
    severity: "NOTICE",
    attack: ["T1573.002", "T1071.001"],
    falsePositives: ["A hash that has been taken off the list since."],
    triage: [
      "Which machine is the source, and which program talks to that server?",
      "Is the hash still on the list?",
      "Isolate the machine; keep its memory.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 15 }).must(
      TermMatch("eventsource", "nsm"),
      TermMatch("category", "brointel"),
      TermMatch("details.sources", "abuse.ch SSLBL"),
      ExistsMatch("details.sourceipaddress"),
    );
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    return {
      summary: `${textAt(event, "hostname")} ${textAt(event, "summary")}`,
      category: "correlatedalerts",
      // One tag: what reads these alerts expects it so.
      tags: ["nsm,bro,correlated"],
      severity: "NOTICE",
    };
  }
}
