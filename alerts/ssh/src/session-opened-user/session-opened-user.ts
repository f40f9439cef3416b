import {
  aggregation,
  AlertTask,
  byCodePoint,
  distinct,
  type AlertAbout,
  type AggregatedEvents,
  type AlertContext,
} from "@mozdef/alert";
import { any, PhraseMatch, QueryStringMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { dailyWindow, rangesOf } from "./expected-windows.ts";

const config = z.object({
  /** Label -> user name. Sessions of these users are of interest. */
  users: z.record(z.string(), z.string().min(1)).default({ username1: "user1", username2: "user2" }),
  /** Label -> time of day (UTC) in which their sessions are expected, e.g. that of a vulnerability scan. */
  scan_expected: z.record(z.string(), dailyWindow).default({
    "expected-scan": { start_hour: 3, start_minute: 5, start_second: 0, end_hour: 4, end_minute: 10, end_second: 0 },
  }),
});

/** A session of a privileged user at a time when none is expected. */
export class SessionOpenedUser extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A session of a privileged user at a time when none is expected.",
    severity: "WARNING",
    attack: ["T1078.003", "T1021.004"],
    falsePositives: ["A scan or a deployment at another time than usual."],
    triage: [
      "Was a scan or deployment run at another time? Ask its owner.",
      "From where did the sessions come (`Accepted` lines of the same hosts)?",
      "If not from the scanner: withdraw the key at once.",
    ],
  };

  main({ now }: AlertContext) {
    const users = Object.values(this.config.users);
    if (users.length === 0) return [];
    const query = SearchQuery({ minutes: 10 })
      .must(
        TermMatch("category", "syslog"),
        TermMatch("details.program", "sshd"),
        QueryStringMatch('summary:"session opened"'),
        any(...users.map((user) => PhraseMatch("summary", user))),
      )
      .mustNot(...Object.values(this.config.scan_expected).flatMap((window) => rangesOf(window, now)));
    return aggregation(query, { field: "details.program", samplesLimit: 10 });
  }

  onAggregation({ count, events }: AggregatedEvents) {
    const hosts = [...distinct(events, "hostname")].sort(byCodePoint).join(" ");
    return {
      summary: `Session opened by a sensitive user outside of the expected window - sample hosts: ${hosts} [total ${count} hosts]`,
      category: "session",
      tags: ["pam", "syslog"],
      severity: "WARNING",
      events,
    };
  }
}
