import {
  aggregation,
  AlertTask,
  distinct,
  severityName,
  wholeCount,
  type AlertAbout,
  type AggregatedEvents,
} from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Failed logins that make an alert. */
  threshold_count: wholeCount.default(1),
  /** Look-back in minutes. */
  search_depth_min: wholeCount.default(60),
  /** Distinct users that have to be tried. */
  user_count: wholeCount.default(2),
  severity: severityName.default("WARNING"),
});

/** Wrong passwords for several users of Auth0. */
export class AlertAuth0VerticalPasswordGuessing extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Wrong passwords for several users of Auth0.",
    severity: "WARNING",
    attack: ["T1110.003"],
    falsePositives: ["Two people who mistype within an hour are enough for the shipped numbers: raise `user_count`."],
    triage: [
      "Group the failures by address: which one has many users?",
      "Look for successes from that address.",
      "Block it, reset the passwords of accounts it got into.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: this.config.search_depth_min })
      .must(
        TermMatch("tags", "auth0"),
        TermMatch("details.eventname", "Failed Login (wrong password)"),
        TermMatch("details.description", "Wrong email or password."),
      )
      .mustNot(TermMatch("details.username", ""));
    return aggregation(query, {
      field: "details.eventname",
      samplesLimit: 10,
      threshold: this.config.threshold_count,
    });
  }

  onAggregation({ events, allEvents }: AggregatedEvents) {
    const users = distinct(allEvents, "details.username").length;
    if (users < this.config.user_count) return null;
    const sources = distinct(allEvents, "details.sourceipaddress").length;
    return {
      summary: `Auth0 Username/Password Vertical Password Guessing Attack in Progress against ${users} users from ${sources} unique source ip(s)`,
      category: "bruteforce",
      tags: ["auth0"],
      severity: this.config.severity,
      events,
    };
  }
}
