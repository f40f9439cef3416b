import { AlertTask, webUrl, type AlertAbout, type Hit } from "@mozdef/alert";
import { z } from "zod";
import { noticeAlert, noticeSearch } from "../notice.ts";

const config = z.object({
  /** Where to read on. */
  url: webUrl.default("https://www.mozilla.org"),
});

/** Zeek has seen one address guess passwords of Bugzilla. */
export class AlertBugzillaPBruteforce extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Zeek has seen one address guess passwords of Bugzilla.",
    severity: "NOTICE",
    attack: ["T1110.001"],
    falsePositives: ["A scanner of your own, or a broken client."],
    triage: [
      "Which server and which paths? Look in `http.log` for the address.",
      "Did one of the requests succeed in the end?",
      "A scanner of your own, or a broken client? Else block it.",
    ],
  };

  main() {
    return noticeSearch("BugzBruteforcing::HTTP_BugzBruteforcing_Attacker");
  }

  onEvent(event: Hit) {
    return noticeAlert(event, { severity: "NOTICE", url: this.config.url });
  }
}
