import {
  aggregation,
  AlertTask,
  severityName,
  wholeCount,
  type AlertAbout,
  type AggregatedEvents,
} from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { sourcesOf } from "../sources.ts";

const config = z.object({
  /** Failed logins of one user that make an alert. */
  threshold_count: wholeCount.default(1),
  /** Look-back in minutes. */
  search_depth_min: wholeCount.default(60),
  severity: severityName.default("WARNING"),
});

/** Wrong passwords for one user of Auth0. */
export class AlertAuth0BruteforceUser extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Wrong passwords for one user of Auth0.",
    severity: "WARNING",
    attack: ["T1110.001"],
    falsePositives: ["With the shipped threshold every single mistyped password alerts: raise it."],
    triage: [
      "One address that the user is known by: a forgotten password.",
      "Many addresses, or one of a hoster: look for a success of the same user, reset the password if there is one.",
      "Is multi-factor on for the account?",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: this.config.search_depth_min })
      .must(TermMatch("tags", "auth0"), TermMatch("details.eventname", "Failed Login (wrong password)"))
      .mustNot(TermMatch("details.username", ""));
    return aggregation(query, {
      field: "details.username",
      samplesLimit: 10,
      threshold: this.config.threshold_count,
    });
  }

  onAggregation({ value, events, allEvents }: AggregatedEvents) {
    return {
      summary: `Auth0 Username/Password Bruteforce Attack in Progress against user (${value}) from the following source ip(s): ${sourcesOf(allEvents)}`,
      category: "bruteforce",
      tags: ["auth0"],
      severity: this.config.severity,
      events,
    };
  }
}
