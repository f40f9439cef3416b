import { AlertTask, webUrl, type Hit } from "@mozdef/alert";
import { z } from "zod";
import { noticeAlert, noticeSearch } from "../notice.ts";

const config = z.object({
  /** Where to read on. */
  url: webUrl.default("https://www.mozilla.org"),
});

/** Zeek has seen one address guess passwords of Bugzilla. */
export class AlertBugzillaPBruteforce extends AlertTask.withConfig(config) {
  main() {
    return noticeSearch("BugzBruteforcing::HTTP_BugzBruteforcing_Attacker");
  }

  onEvent(event: Hit) {
    return noticeAlert(event, { severity: "NOTICE", url: this.config.url });
  }
}
