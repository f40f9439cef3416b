import { AlertTask, severityName, webUrl, type Hit } from "@mozdef/alert";
import { z } from "zod";
import { noticeAlert, noticeSearch } from "../notice.ts";

const config = z.object({
  /** Where to read on. */
  url: webUrl.default("https://www.mozilla.org"),
  severity: severityName.default("WARNING"),
});

/** Zeek has seen one address cause many errors of a web server. */
export class AlertHTTPErrors extends AlertTask.withConfig(config) {
  main() {
    return noticeSearch("MozillaHTTPErrors::Excessive_HTTP_Errors_Attacker");
  }

  onEvent(event: Hit) {
    return noticeAlert(event, this.config);
  }
}
