import { AlertTask, eachEvent, textAt, valuesAt, webUrl, type AlertAbout, type Hit } from "@mozdef/alert";
import { any, SearchQuery, TermMatch, TermsMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Where to read on. */
  url: webUrl.default(""),
});

/** A user has reported a Duo request as fraud, whichever version of Duo's API reports it. */
export class AlertDuoFraudReported extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A user has reported a Duo request as fraud, whichever version of Duo's API reports it.",
    severity: "CRITICAL",
    attack: ["T1621", "T1078"],
    falsePositives: ["A user who presses the wrong button."],
    triage: [
      "Ask the user. If the request was not theirs, reset the password now.",
      "Look for other logins from the same address.",
      "Look for other users who were asked from it.",
    ],
    replaces: ["AlertDuoAuthFail"],
  };

  main() {
    const query = SearchQuery({ minutes: 15 }).must(
      any(TermMatch("category", "authentication"), TermMatch("tags", "duosecurity")),
      any(TermsMatch("details.result", ["fraud", "FRAUD"]), TermMatch("details.reason", "user_marked_fraud")),
    );
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    const user = firstOf(event, ["details.username", "details.user.name", "details.user", "details.email"]);
    const from = firstOf(event, ["details.sourceipaddress", "details.access_device.ip", "details.ip"]);
    return {
      summary: `Duo request reported as fraud by ${user}, asked for from ${from}`,
      category: "duosecurity",
      tags: ["duosecurity", "duosecurity_fraud"],
      severity: "CRITICAL",
      url: this.config.url,
    };
  }
}

/** The field that the version at hand has. */
const firstOf = (event: Hit, paths: readonly string[]): string => {
  const path = paths.find((candidate) => valuesAt(event._source, candidate).length > 0);
  return path === undefined ? "unknown" : textAt(event, path);
};
