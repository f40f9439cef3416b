import { AlertTask, eachEvent, textAt, type Hit } from "@mozdef/alert";
import { ExistsMatch, SearchQuery, TermMatch } from "@mozdef/query";

/** A certificate on abuse.ch's list of those that malware uses was seen. */
export class AlertSSLBlacklistHit extends AlertTask {
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
