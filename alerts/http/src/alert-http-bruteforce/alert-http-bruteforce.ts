import { AlertTask, webUrl, type Hit } from "@mozdef/alert";
import { z } from "zod";
import { noticeAlert, noticeSearch } from "../notice.ts";

const config = z.object({
  /** Where to read on. */
  url: webUrl.default("https://www.mozilla.org"),
});

/** Zeek has seen one address guess passwords of a web server. */
export class AlertHTTPBruteforce extends AlertTask.withConfig(config) {
  main() {
    return noticeSearch("AuthBruteforcing::HTTP_AuthBruteforcing_Attacker");
  }

  onEvent(event: Hit) {
    return noticeAlert(event, { severity: "WARNING", url: this.config.url });
  }
}
