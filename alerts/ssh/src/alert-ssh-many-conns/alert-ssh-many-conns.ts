import { AlertTask, eachEvent, textAt, webUrl, type Hit } from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Where to read on. */
  url: webUrl.default("https://www.mozilla.org"),
});

/** Zeek has seen one address guess ssh passwords. */
export class AlertSSHManyConns extends AlertTask.withConfig(config) {
  main() {
    const query = SearchQuery({ minutes: 15 }).must(
      TermMatch("category", "bro"),
      TermMatch("source", "notice"),
      PhraseMatch("details.note", "SSH::Password_Guessing"),
    );
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    return {
      summary: `${textAt(event, "hostname")} ${textAt(event, "summary")}`,
      category: "bruteforce",
      // "http" is the original's slip; what reads these alerts expects it.
      tags: ["http"],
      severity: "NOTICE",
      url: this.config.url,
    };
  }
}
