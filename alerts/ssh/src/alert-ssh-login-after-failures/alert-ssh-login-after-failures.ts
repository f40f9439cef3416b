import {
  AlertTask,
  eachEvent,
  isAddress,
  textAt,
  wholeCount,
  type AlertAbout,
  type Hit,
  type HookContext,
} from "@mozdef/alert";
import { any, PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { attempts, failedLogins, ofSshd } from "../failed-login.ts";
import { loginsOf } from "../suspects.ts";

const config = z.object({
  /** Failed logins from the same source before the one that worked. */
  failure_count: wholeCount.default(5),
  /** How long before, in minutes. */
  window_minutes: wholeCount.default(60),
});

const LOGIN = /^Accepted (\S+) for (.+) from (\S+) port \d+/;

/** A login over ssh worked after many from the same source had failed. */
export class AlertSshLoginAfterFailures extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A login over ssh worked after many from the same source had failed.",
    severity: "CRITICAL",
    attack: ["T1110.001", "T1078", "T1021.004"],
    falsePositives: ["Somebody who mistypes five times and then does not."],
    triage: [
      "Ask the user at once, by another way than the host.",
      "Not them: end the session, lock the account, keep what is on the host.",
      "Look at what the session did, and where the same user logged in next.",
    ],
  };

  main() {
    // Whoever has a key does not guess it; passwords and codes can be guessed.
    const query = SearchQuery({ minutes: 15 }).must(
      ofSshd,
      any(PhraseMatch("summary", "Accepted password"), PhraseMatch("summary", "Accepted keyboard-interactive/pam")),
    );
    return eachEvent(query, { quietFor: { hours: 1 } });
  }

  async onEvent(event: Hit, context: HookContext) {
    const [, method, user, source] = LOGIN.exec(textAt(event, "summary").slice(0, 2_000)) ?? [];
    if (source === undefined || !isAddress(source)) return null;
    const query = failedLogins({ minutes: this.config.window_minutes }).must(
      any(TermMatch("details.sourceipaddress", source), PhraseMatch("summary", source)),
    );
    const found = await context.search(query, { size: 10_000 });
    const failures = loginsOf(found).filter((login) => login.source === source && isBefore(event)(login));
    const count = attempts(failures);
    if (count < this.config.failure_count) return null;
    const host = textAt(event, "hostname");
    return {
      summary: `SSH login as ${user ?? "unknown"} from ${source} on ${host} by ${method ?? "unknown"} after ${count} failed logins`,
      category: "bruteforce",
      tags: ["ssh", "compromise"],
      severity: "CRITICAL",
      groupkey: `${user ?? ""}|${source}`,
      events: [event, ...failures.slice(0, 9).map((failure) => failure.event)],
    };
  }
}

/** A mistyped password after the login does not mean that it was guessed. */
const isBefore =
  (login: Hit) =>
  ({ event }: { readonly event: Hit }): boolean =>
    timeOf(event) <= timeOf(login);

const timeOf = (event: Hit): number => Date.parse(textAt(event, "utctimestamp"));
