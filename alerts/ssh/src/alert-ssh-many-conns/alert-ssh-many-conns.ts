import { AlertTask, eachEvent, textAt, webUrl, type AlertAbout, type Hit } from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Where to read on. */
  url: webUrl.default("https://www.mozilla.org"),
});

/** Zeek has seen one address guess ssh passwords. */
export class AlertSSHManyConns extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Zeek has seen one address guess ssh passwords.",
    severity: "NOTICE",
    attack: ["T1110.001"],
    triage: [
      "Which hosts were tried? Look at the connections of the address in `conn.log`.",
      "Did one of them answer with a success (`auth_success` in `ssh.log`)?",
      "Block the address when it goes on; look at hosts that should not offer ssh.",
    ],
  };

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
