import { aggregation, type AggregationSearch } from "@mozdef/alert";
import type { Duration } from "@mozdef/query";
import { failedLoginOf, failedLogins, type FailedLogin } from "./failed-login.ts";

/** Who or what failed logins are counted by. */
export type Side = "source" | "user";

/** One attack is one alert: what comes meanwhile is added to it. */
const QUIET: Duration = { hours: 1 };

/** The failed logins of each source, or of each user. No field says it: many lines have it only inside their text, which is read here. */
export const loginsBy = (side: Side, window: Duration): AggregationSearch =>
  aggregation(failedLogins(window), {
    groupBy: (event) => failedLoginOf(event)?.[side],
    samplesLimit: 10,
    quietFor: QUIET,
  });

/** What the lines of a group report. */
export const loginsOf = (events: readonly FailedLogin["event"][]): readonly FailedLogin[] =>
  events.flatMap((event) => failedLoginOf(event) ?? []);
