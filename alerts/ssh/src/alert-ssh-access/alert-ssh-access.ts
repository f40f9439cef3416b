import { addressText, AlertTask, eachEvent, networkText, textAt, type AlertAbout, type Hit } from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch, TermsMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Machines whose logins are of interest. `hostname` is for people, only `ipaddress` is looked for. */
  watchlist: z
    .array(z.strictObject({ hostname: z.string().default(""), ipaddress: z.union([addressText, networkText]) }))
    .default([
      { hostname: "nagios1.small.corp.com", ipaddress: "11.22.33.44" },
      { hostname: "nagios2.super.corp.com", ipaddress: "11.22.33.45" },
    ]),
});

/** A login with a public key from a machine that should not be used to log in from. */
export class AlertSSHAccess extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A login with a public key from a machine that nobody should log in from.",
    severity: "CRITICAL",
    attack: ["T1021.004", "T1078"],
    falsePositives: ["Planned work on the watched machine."],
    triage: [
      "Ask who worked on the machine at that time; is there a change record?",
      "Look at the sessions on the watched machine: where did that person come from?",
      "No explanation: isolate the watched machine, withdraw its keys, look at every host it has logged in to.",
    ],
  };

  main() {
    const addresses = this.config.watchlist.map(({ ipaddress }) => ipaddress);
    if (addresses.length === 0) return [];
    const query = SearchQuery({ minutes: 15 }).must(
      TermMatch("category", "syslog"),
      TermMatch("details.program", "sshd"),
      PhraseMatch("summary", "Accepted publickey for "),
      TermsMatch("details.sourceipaddress", addresses),
    );
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    const from = textAt(event, "details.sourceipaddress");
    const user = textAt(event, "details.username", "UNKNOWN");
    return {
      summary: `SSH login from ${from} on ${textAt(event, "hostname")} as user ${user}`,
      category: "access",
      tags: ["ssh"],
      severity: "CRITICAL",
    };
  }
}
