import { AlertTask, eachEvent, textAt, webUrl, type AlertAbout, type Hit } from "@mozdef/alert";
import { ExistsMatch, PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Where to read on. */
  url: webUrl.default("https://www.mozilla.org"),
});

/** A user has rejected a Duo request as fraud. */
export class AlertDuoAuthFail extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A user has rejected a Duo request as fraud.",
    severity: "WARNING",
    attack: ["T1621", "T1078"],
    falsePositives: ["A user who presses the wrong button."],
    triage: [
      "Ask the user. If the request was not theirs, the password is known: reset it now.",
      "Look for other logins from the same address.",
      "Look for other users who were asked from it.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 15 }).must(
      TermMatch("category", "authentication"),
      ExistsMatch("details.sourceipaddress"),
      ExistsMatch("details.username"),
      PhraseMatch("details.result", "fraud"),
    );
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    const user = textAt(event, "details.username");
    const from = textAt(event, "details.sourceipaddress");
    return {
      summary: `Duo Authentication Failure: user ${user} rejected and marked a Duo Authentication attempt from ${from} as fraud`,
      category: "duosecurity",
      tags: ["duosecurity", "duosecurity_auth_fail"],
      severity: "WARNING",
      url: this.config.url,
    };
  }
}
