import { AlertTask, eachEvent, textAt, type AlertAbout, type Hit } from "@mozdef/alert";
import { all, any, fieldNamed, PhraseMatch, QueryStringMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Lucene regular expression, against the whole `hostname`. */
  hostfilter: z
    .string()
    .min(1)
    .refine((pattern) => !/(?<!\\)\//.test(pattern), "A slash would end the expression: write it as \\/")
    .default("(host1|host2.*).*"),
  /** Chat channel in which every alert is announced; empty for none. */
  channel: z.string().default("#somechannel"),
  /** Logins that are expected: field -> phrase. An event is left out when all fields of one entry match. */
  exclusions: z
    .array(
      z
        .record(z.string().min(1), z.string().min(1))
        .refine((fields) => Object.keys(fields).length > 0, "An exclusion needs at least one field"),
    )
    .default([
      { summary: "someuser", "details.sourceipaddress": "4.5.6.7" },
      { summary: "anotheruser", "details.sourceipaddress": "8.9.10.11" },
    ]),
});

/** A login to a release signing machine that is not one of the expected ones. */
export class AlertAuthSignRelengSSH extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A login to a release signing machine that is not one of the expected ones.",
    severity: "NOTICE",
    attack: ["T1021.004", "T1078"],
    falsePositives: ["A release or maintenance under way."],
    triage: [
      "Does the user confirm the login? (The triage bot can ask.)",
      "Was a release or maintenance under way?",
      "If not: stop signing, withdraw the keys of the machine, look at what was signed since.",
    ],
  };

  main() {
    const { hostfilter, exclusions } = this.config;
    const query = SearchQuery({ minutes: 15 })
      .must(
        TermMatch("tags", "releng"),
        TermMatch("details.program", "sshd"),
        QueryStringMatch(`hostname: /${hostfilter}/`),
        any(
          PhraseMatch("summary", "Accepted publickey for "),
          PhraseMatch("summary", "Accepted keyboard-interactive/pam for "),
        ),
      )
      .mustNot(
        ...exclusions.map((fields) =>
          all(...Object.entries(fields).map(([field, phrase]) => PhraseMatch(fieldNamed(field), phrase))),
        ),
      );
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    const from = textAt(event, "details.sourceipaddress");
    return {
      summary: `SSH login from ${from} on ${textAt(event, "hostname")} as user ${userOf(textAt(event, "summary"))}`,
      category: "access",
      tags: ["ssh"],
      severity: "NOTICE",
      channel: this.config.channel === "" ? null : this.config.channel,
    };
  }
}

const BY_KEY = "Accepted publickey for";
const LOGIN_BY_KEY = /Accepted publickey for (\S+) from/;
const LOGIN_BY_PAM = /Accepted keyboard-interactive\/pam for (\S+) from/;

const userOf = (summary: string): string => {
  const [, user = "unknown"] = (summary.includes(BY_KEY) ? LOGIN_BY_KEY : LOGIN_BY_PAM).exec(summary) ?? [];
  return user;
};
