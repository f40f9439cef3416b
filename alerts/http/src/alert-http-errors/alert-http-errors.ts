import { AlertTask, severityName, webUrl, type AlertAbout, type Hit } from "@mozdef/alert";
import { z } from "zod";
import { noticeAlert, noticeSearch } from "../notice.ts";

const config = z.object({
  /** Where to read on. */
  url: webUrl.default("https://www.mozilla.org"),
  severity: severityName.default("WARNING"),
});

/** Zeek has seen one address cause many errors of a web server. */
export class AlertHTTPErrors extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Zeek has seen one address cause many errors of a web server.",
    severity: "WARNING",
    attack: ["T1595.002"],
    falsePositives: ["A scanner of your own, or a broken client."],
    triage: [
      "Which server and which paths? Look in `http.log` for the address.",
      "Did one of the requests succeed in the end?",
      "A scanner of your own, or a broken client? Else block it.",
    ],
  };

  main() {
    return noticeSearch("MozillaHTTPErrors::Excessive_HTTP_Errors_Attacker");
  }

  onEvent(event: Hit) {
    return noticeAlert(event, this.config);
  }
}
